package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.print;
import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of when the parts of a kept quote are. */
@Timeout(5)
class KeptTimesTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final double NONE = Double.NaN;
  private static final Origin MASSIVE = new Origin("massive", "");

  private final KeptQuote kept = new KeptQuote(CALL);

  private static MarketSnapshot answer(long atMillis, long quotedAtMillis, long lastAtMillis) {
    return new MarketSnapshot(
        CALL,
        "",
        12,
        13,
        3,
        4,
        12.2,
        700,
        15_000,
        NONE,
        NONE,
        NONE,
        11,
        atMillis,
        quotedAtMillis,
        lastAtMillis,
        "tradier",
        "",
        Set.of());
  }

  private Quote shown() {
    return kept.quote().orElseThrow();
  }

  @Test
  void shouldKnowTheTimesOfBothParts() {
    kept.onAnswer(answer(20_000, 20_000, 6_000), 21_000);
    assertThat(shown().sidesAtMillis()).isEqualTo(20_000);
    assertThat(kept.lastToldMillis()).isEqualTo(6_000);
    assertThat(shown().atMillis()).isEqualTo(20_000);
  }

  @Test
  void shouldKnowWhenTheLastPriceIsFromThatAnotherOneTold() {
    kept.onAnswer(answer(20_000, 20_000, 6_000), 21_000);
    KeptQuote next = new KeptQuote(CALL);
    next.adopt(shown(), true);
    assertThat(next.lastToldMillis()).isEqualTo(6_000);
    assertThat(next.quote().orElseThrow().lastAtMillis()).isEqualTo(6_000);

    KeptQuote restored = new KeptQuote(CALL);
    restored.restore(shown(), true);
    assertThat(restored.lastToldMillis()).isEqualTo(6_000);
  }

  @Test
  void shouldShowSidesThatWereToldAMomentAgoHoweverLongTheyAreQuoted() {
    kept.onAnswer(answer(20_000, 6_000, 20_000), 21_000);
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(shown().sidesAtMillis()).isEqualTo(6_000);
    assertThat(kept.sidesGoodUntilMillis()).isEqualTo(6_000);
    kept.onTrade(print(25_000, 1, 12.6));
    assertThat(shown().bid()).isEqualTo(12);
    kept.onTrade(print(25_001, 2, 12.6));
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NOT_STREAMED);
  }

  @Test
  void shouldKnowNoTimeWhereNoneIsTold() {
    kept.onAnswer(answer(20_000, 0, 0), 21_000);
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(shown().sidesAtMillis()).isZero();
    assertThat(kept.sidesGoodUntilMillis()).isZero();
    assertThat(kept.lastToldMillis()).as("not after the newest part").isEqualTo(20_000);

    KeptQuote next = new KeptQuote(CALL);
    next.adopt(shown(), true);
    assertThat(next.sidesGoodUntilMillis()).as("nor does a new owner").isZero();
    assertThat(next.quote().orElseThrow().bid()).isEqualTo(12);
  }

  @Test
  void shouldNotCallSidesFreshThatTheFormerOwnerWasToldOnce() {
    kept.onAnswer(answer(20_000, 6_000, 20_000), 21_000);
    KeptQuote asked = new KeptQuote(CALL);
    asked.adopt(shown(), false);
    assertThat(asked.sidesGoodUntilMillis()).isEqualTo(6_000);
    assertThat(asked.quote().orElseThrow().bid()).as("shown as before").isEqualTo(12);

    KeptQuote streamed = new KeptQuote(CALL);
    streamed.adopt(shown(), true);
    assertThat(streamed.sidesGoodUntilMillis()).isEqualTo(20_000);
  }

  @Test
  void shouldTakeSidesOfTheSameSecondFromWhoTellsNoMillis() {
    kept.onQuote(quote(95_400, 12.40, 12.50), MASSIVE);
    kept.lostSides();
    kept.onAnswer(answer(97_000, 94_000, 97_000), 97_000);
    kept.onAnswer(answer(97_000, 95_399, 97_000), 97_000);
    assertThat(kept.book().orElseThrow().bid()).isEqualTo(12.40);

    assertThat(kept.asksSides(true)).isTrue();
    kept.onAnswer(answer(97_000, 95_000, 97_000), 97_000);
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(kept.asksSides(true)).isFalse();
  }

  @Test
  void shouldNotTakeAnOlderQuoteOfANewerAnswer() {
    kept.onQuote(quote(10_000, 12.40, 12.50), MASSIVE);
    kept.lostSides();
    kept.onAnswer(answer(30_000, 9_000, 30_000), 30_000);
    assertThat(kept.book().orElseThrow().bid()).isEqualTo(12.40);
    kept.onAnswer(answer(31_000, 10_500, 31_000), 31_000);
    assertThat(kept.book().orElseThrow().bid()).isEqualTo(12);
  }
}
