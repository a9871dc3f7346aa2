package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(5)
class BarNotesTest {
  private static Health health(HealthMode mode, String reason) {
    return new Health(
        mode, HealthSource.WS, "tradier", 1, 0, false, 0, 0, List.of(), "open", reason);
  }

  @ParameterizedTest
  @CsvSource({
    "error, massive failed",
    "empty, massive had none",
    "unhealthy, massive failed too often lately and was not asked",
    "not-entitled, the plan of massive does not include them",
    "low-confidence, those of massive are not to be trusted",
    "else, massive did not tell them (else)"
  })
  void shouldSayWhoTellsBarsAndWhy(String word, String why) {
    Health health = health(HealthMode.DEGRADED, BarNotes.standIn("tradier (" + word + ")"));
    assertThat(BarNotes.of(health, "massive", "The last known bars are shown"))
        .isEqualTo("Bars come from tradier, because " + why + ".");
  }

  @Test
  void shouldSayWhatIsWrong() {
    Health health = health(HealthMode.DEGRADED, "connection lost");
    assertThat(BarNotes.of(health, "massive", "")).isEqualTo("Connection lost.");
    assertThat(BarNotes.of(health, "massive", "The last known bars are shown"))
        .isEqualTo("The last known bars are shown: connection lost.");
    assertThat(BarNotes.of(health(HealthMode.LIVE, ""), "massive", "Bars")).isEmpty();
    assertThat(BarNotes.standIn("")).isEmpty();
  }
}
