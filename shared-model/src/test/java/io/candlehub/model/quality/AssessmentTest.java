package io.candlehub.model.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Quality;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class AssessmentTest {
  private static final long NOW = 1_000_000_000;

  @ParameterizedTest
  @CsvSource({"-1000,0", "0,0", "5000,0", "5001,1", "15000,1", "15001,2", "1000000000,2"})
  void shouldKnowAStageForEachAgeThatIsToldDifferently(long ageMillis, int stage) {
    long updatedAtMillis = NOW - ageMillis;
    assertThat(Assessment.stage(updatedAtMillis, NOW)).isEqualTo(stage);
    Quality quality = new Assessment().quality("first", updatedAtMillis, NOW, "");
    assertThat(quality.stale()).isEqualTo(stage > 0);
    int whole = 100 - 5 * quality.warnings().size();
    assertThat(quality.confidence())
        .isEqualTo((int) Math.round(whole * List.of(1.0, 0.9, 0.75).get(stage)));
  }
}
