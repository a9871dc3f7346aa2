package io.candlehub.model.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.MissingReason;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class MissingReasonsTest {
  private static final double NONE = Double.NaN;

  @Test
  void shouldSayNothingOfWhatIsThere() {
    assertThat(new MissingReasons()
            .sides(1, 2, 3, 4, true)
            .between("mid", 2)
            .of("last", 2, MissingReason.NO_TRADE)
            .made("change", 1, "last")
            .unsupported(Set.of("bid", "rho"))
            .all())
        .isEmpty();
  }

  @Test
  void shouldTellOneMissingSideFromBothAndFromWhatNobodyTold() {
    assertThat(new MissingReasons()
            .sides(NONE, NONE, 3, NONE, true)
            .between("mid", NONE)
            .all())
        .isEqualTo(Map.of(
            "bid", MissingReason.ONE_SIDED,
            "bidSize", MissingReason.ONE_SIDED,
            "askSize", MissingReason.NOT_PROVIDED,
            "mid", MissingReason.ONE_SIDED));
    assertThat(new MissingReasons().sides(NONE, NONE, NONE, NONE, true).all())
        .containsOnlyKeys("ask", "askSize", "bid", "bidSize")
        .containsValue(MissingReason.NO_QUOTE)
        .doesNotContainValue(MissingReason.NOT_PROVIDED);
    assertThat(new MissingReasons().sides(NONE, NONE, NONE, NONE, false).all())
        .containsEntry("bid", MissingReason.NOT_PROVIDED)
        .doesNotContainValue(MissingReason.NO_QUOTE);
  }

  @Test
  void shouldSayOfWhatIsMadeOfOthersWhyTheyAreMissing() {
    assertThat(new MissingReasons()
            .of("last", NONE, MissingReason.NO_TRADE)
            .made("change", NONE, "previousClose", "last")
            .made("ratio", NONE, "previousClose")
            .unsupported(Set.of("last"))
            .all())
        .isEqualTo(Map.of(
            "last", MissingReason.UNSUPPORTED,
            "change", MissingReason.NO_TRADE,
            "ratio", MissingReason.NOT_PROVIDED));
  }

  @Test
  void shouldKnowEveryReasonByItsName() {
    for (MissingReason reason : MissingReason.values()) {
      assertThat(MissingReason.parse(reason.wireName())).contains(reason);
    }
    assertThat(MissingReason.parse("because")).isEmpty();
  }
}
