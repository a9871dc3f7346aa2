package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(5)
class BarNotesTest {
  private static ChartHealth health(HealthMode mode, Problem problem) {
    Health health = new Health(
        mode, HealthSource.WS, "tradier", 1, 0, false, 0, 0, List.of(), "open", problem.words());
    return new ChartHealth(health, problem.standIn());
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
    ChartHealth health = health(HealthMode.DEGRADED, Problem.toldBy(new Origin("tradier", word)));
    assertThat(BarNotes.of(health, "massive", "The last known bars are shown"))
        .isEqualTo("Bars come from tradier, because " + why + ".");
    assertThat(health.health().reason()).isEqualTo("bars come from tradier (" + word + ")");
  }

  @Test
  void shouldReadNothingOutOfASentence() {
    ChartHealth health = health(HealthMode.DEGRADED, Problem.of("bars come from tradier (error)"));
    assertThat(BarNotes.of(health, "massive", "")).isEqualTo("Bars come from tradier (error).");
  }

  @Test
  void shouldSayWhatIsWrong() {
    ChartHealth health = health(HealthMode.DEGRADED, Problem.of("connection lost"));
    assertThat(BarNotes.of(health, "massive", "")).isEqualTo("Connection lost.");
    assertThat(BarNotes.of(health, "massive", "The last known bars are shown"))
        .isEqualTo("The last known bars are shown: connection lost.");
    assertThat(BarNotes.of(health(HealthMode.LIVE, Problem.NONE), "massive", "Bars"))
        .isEmpty();
    assertThat(Problem.toldBy(Origin.UNKNOWN).words()).isEmpty();
  }
}
