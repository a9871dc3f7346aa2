package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.print;
import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.feed.AggregateEvent;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class KeptQuoteTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final double NONE = Double.NaN;
  private static final long NOW = 5_000;
  private static final Origin MASSIVE = new Origin("massive", "");

  private final KeptQuote kept = new KeptQuote(CALL);

  private Quote shown() {
    return kept.quote().orElseThrow();
  }

  private static AggregateEvent bar(long endMillis, double close, double dayVolume) {
    return new AggregateEvent(
        AggregateEvent.Span.SECOND,
        CALL,
        endMillis - 1_000,
        endMillis,
        close,
        close,
        close,
        close,
        1,
        NONE,
        dayVolume);
  }

  private static MarketSnapshot answer(long atMillis, double bid, double ask) {
    return new MarketSnapshot(
        CALL, "", bid, ask, 3, 4, 12.2, 700, 15_000, NONE, NONE, NONE, 11, atMillis, atMillis,
        atMillis, "tradier", "error", Set.of());
  }

  private static Quote stored(long atMillis) {
    return new Quote(CALL, 1, 2, 3, 4, 1.5, 77, 5, NONE, atMillis, Origin.UNKNOWN)
        .because(Map.of("prevClose", MissingReason.NOT_PROVIDED));
  }

  @Test
  void shouldKnowNothingAtFirst() {
    assertThat(kept.quote()).isEmpty();
    kept.openInterest(500);
    assertThat(kept.quote()).isEmpty();
  }

  @Test
  void shouldIgnoreLateQuotesTradesAndBars() {
    assertThat(kept.onQuote(quote(1_000, 12.40, 12.50), MASSIVE)).isTrue();
    assertThat(kept.onTrade(print(1_000, 2, 12.45))).isTrue();
    assertThat(kept.onQuote(quote(999, 1, 2), MASSIVE)).isFalse();
    assertThat(kept.onTrade(print(999, 1, 1))).isFalse();
    assertThat(kept.onBar(bar(2_000, 12.46, 10), 2_000, MASSIVE)).isTrue();
    assertThat(kept.onBar(bar(1_000, 1, 1), 2_000, MASSIVE)).isFalse();
    assertThat(shown().bid()).isEqualTo(12.40);
    assertThat(shown().last()).isEqualTo(12.46);
    assertThat(shown().volume()).isEqualTo(10);
    assertThat(shown().atMillis()).isEqualTo(2_000);
  }

  @Test
  void shouldTakeVolumeButNoPriceOfBarThatEndsBeforeLastTrade() {
    kept.onTrade(print(1_500, 1, 12.45));
    assertThat(kept.onBar(bar(1_000, 12.40, 99), 2_000, MASSIVE)).isTrue();
    assertThat(shown().last()).isEqualTo(12.45);
    assertThat(shown().volume()).isEqualTo(99);
    assertThat(shown().atMillis()).isEqualTo(1_500);
  }

  @Test
  void shouldTakeSameQuoteAgainAsNewer() {
    kept.onQuote(quote(1_000, 12.40, 12.50), MASSIVE);
    assertThat(kept.onQuote(quote(2_000, 12.40, 12.50), MASSIVE)).isTrue();
    assertThat(shown().atMillis()).isEqualTo(2_000);
  }

  @Test
  void shouldNotTakeCancelledOrLatePrintForLast() {
    assertThat(kept.onTrade(print(1_000, 1, 12.45, 201))).isFalse();
    assertThat(kept.onTrade(print(1_000, 2, 12.45, 204))).isFalse();
    assertThat(kept.onTrade(print(1_000, 3, 12.45, 247))).isFalse();
    assertThat(kept.onTrade(print(1_000, 4, 12.45, 232))).isTrue();
  }

  @Test
  void shouldShowWhatProviderSaidUntilSomethingIsStreamed() {
    assertThat(kept.onAnswer(answer(5_000, 12, 13), NOW)).isTrue();
    assertThat(kept.onAnswer(answer(5_000, 12, 13), NOW)).isFalse();
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(shown().last()).isEqualTo(12.2);
    assertThat(shown().openInterest()).isEqualTo(15_000);
    assertThat(shown().previousClose()).isEqualTo(11);
    assertThat(shown().origin()).isEqualTo(new Origin("tradier", "error"));
    assertThat(kept.onQuote(quote(4_900, 12.40, 12.50), MASSIVE)).isTrue();
    assertThat(shown().bid()).isEqualTo(12.40);
    assertThat(shown().origin())
        .as("the last price is the answer's")
        .isEqualTo(new Origin("hybrid", "error"));
  }

  @Test
  void shouldFillOnlyWhatIsNotStreamed() {
    kept.onBar(bar(2_000, 12.46, 800), 2_000, MASSIVE);
    assertThat(kept.onAnswer(answer(1_900, 12, 13), NOW)).isTrue();
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(shown().last()).isEqualTo(12.46);
    assertThat(shown().volume()).isEqualTo(800);
    kept.onQuote(quote(2_500, 12.40, 12.50), MASSIVE);
    kept.onAnswer(answer(3_000, 1, 2), NOW);
    assertThat(shown().bid()).isEqualTo(12.40);
  }

  @Test
  void shouldShowWhatStoreKnewUntilSomethingNewComes() {
    assertThat(kept.restore(stored(1_000), true)).isTrue();
    assertThat(shown()).isEqualTo(stored(1_000));
    assertThat(kept.onAnswer(answer(900, 12, 13), NOW)).isTrue();
    assertThat(shown().bid()).isEqualTo(1);
    assertThat(kept.onAnswer(answer(1_100, 12, 13), NOW)).isTrue();
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(kept.restore(stored(1_000), true)).isFalse();
  }

  @Test
  void shouldNotShowOldSidesBesideNewPrice() {
    kept.restore(stored(1_000), false);
    assertThat(shown().volume()).isNaN();
    kept.onBar(bar(9_000, 12.46, NONE), 9_000, MASSIVE);
    assertThat(shown().bid()).isNaN();
    assertThat(shown().last()).isEqualTo(12.46);
  }

  @Test
  void shouldNotLetStoreOverwriteWhatIsLive() {
    kept.onQuote(quote(1_000, 12.40, 12.50), MASSIVE);
    assertThat(kept.restore(stored(2_000), true)).isFalse();
    assertThat(shown().bid()).isEqualTo(12.40);
    assertThat(shown().openInterest()).isEqualTo(5);
  }

  @Test
  void shouldGoOnWithWhatFormerOwnerKnew() {
    kept.adopt(stored(5_000), true);
    assertThat(shown()).isEqualTo(stored(5_000));
    assertThat(kept.onQuote(quote(4_500, 12.40, 12.50), MASSIVE)).isTrue();
    assertThat(shown().bid()).isEqualTo(12.40);
    assertThat(shown().atMillis()).isEqualTo(5_000);
  }

  @Test
  void shouldSayWhyValuesAreMissing() {
    kept.onQuote(quote(1_000, 12.40, NONE), MASSIVE);
    assertThat(shown().reasons())
        .containsOnly(
            entry("ask", MissingReason.ONE_SIDED),
            entry("askSize", MissingReason.ONE_SIDED),
            entry("mid", MissingReason.ONE_SIDED),
            entry("spread", MissingReason.ONE_SIDED),
            entry("last", MissingReason.NOT_PROVIDED),
            entry("volume", MissingReason.NOT_PROVIDED),
            entry("openInterest", MissingReason.NOT_PROVIDED),
            entry("prevClose", MissingReason.NOT_PROVIDED));
    kept.onQuote(quote(2_000, NONE, NONE), MASSIVE);
    kept.onAnswer(answer(1_900, 12, 13), NOW);
    assertThat(shown().reasons())
        .as("nobody quotes, as the stream said later than the answer")
        .containsEntry("bid", MissingReason.NO_QUOTE)
        .containsEntry("askSize", MissingReason.NO_QUOTE)
        .doesNotContainKeys("last", "volume", "openInterest", "prevClose");
    kept.onQuote(quote(3_000, 12.40, 12.50), MASSIVE);
    assertThat(shown().reasons()).isEmpty();
  }

  @Test
  void shouldNotSayThatNobodyQuotesWhereNobodyTold() {
    kept.onBar(bar(2_000, 12.46, 800), 2_000, MASSIVE);
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NOT_PROVIDED);
    MarketSnapshot untold = new MarketSnapshot(
        CALL, "", NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 1_900, 0, 0,
        "massive", "", Set.of());
    kept.onAnswer(untold, NOW);
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NOT_PROVIDED);
    MarketSnapshot none = new MarketSnapshot(
        CALL, "", NONE, NONE, 0, 0, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 1_900, 1_900, 0,
        "massive", "", Set.of());
    kept.onAnswer(none, NOW);
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NO_QUOTE);
    assertThat(shown().bidSize()).isNaN();
  }

  @Test
  void shouldMissNothingOfAnIndexThatItNeverHas() {
    KeptQuote index = new KeptQuote(Instrument.of("I:SPX"));
    index.previousClose(6_500, 1_000);
    assertThat(index.quote().orElseThrow().reasons())
        .containsOnly(entry("last", MissingReason.NOT_PROVIDED));
  }

  @Test
  void shouldCarryVolumeOnByTradesThatCount() {
    assertThat(kept.asksVolume(VolumeCarrier.TRADES)).isTrue();
    kept.onAnswer(answer(4_000, 12, 13), NOW);
    assertThat(kept.asksVolume(VolumeCarrier.TRADES)).isFalse();
    kept.onTrade(print(TapeStamp.ofMillis(4_500, 1), 12.45, 30, 302));
    kept.onTrade(print(TapeStamp.ofMillis(4_500, 2), 12.45, 30, 302, 201));
    assertThat(kept.onTrade(print(TapeStamp.ofMillis(4_400, 3), 12.45, 5, 302)))
        .as("late, so no last price, but traded")
        .isTrue();
    assertThat(shown().volume()).isEqualTo(735);
  }

  @Test
  void shouldWithholdVolumeThatStandsStill() {
    kept.onAnswer(answer(4_900, 12, 13), NOW);
    kept.onQuote(quote(NOW + 5_000, 12.40, 12.50), MASSIVE);
    assertThat(shown().volume()).isEqualTo(700);
    kept.onQuote(quote(NOW + 5_001, 12.40, 12.50), MASSIVE);
    assertThat(shown().volume()).isNaN();
    assertThat(shown().reasons()).containsEntry("volume", MissingReason.NOT_STREAMED);
  }

  @Test
  void shouldWithholdSidesThatNothingTells() {
    kept.onAnswer(answer(5_000, 12, 13), NOW);
    kept.onTrade(print(10_000, 1, 12.6));
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(shown().sidesAtMillis()).isEqualTo(5_000);
    kept.onTrade(print(10_001, 2, 12.7));
    assertThat(shown().bid()).isNaN();
    assertThat(shown().last()).isEqualTo(12.7);
    assertThat(shown().reasons())
        .containsEntry("bid", MissingReason.NOT_STREAMED)
        .containsEntry("askSize", MissingReason.NOT_STREAMED)
        .containsEntry("mid", MissingReason.NOT_STREAMED);
    Quote book = kept.book().orElseThrow();
    assertThat(book.bid()).isEqualTo(12);
    assertThat(book.sidesAtMillis()).isEqualTo(5_000);
    assertThat(kept.areSidesLoose()).isTrue();
    assertThat(kept.sidesGoodUntilMillis()).isEqualTo(5_000);
  }

  @Test
  void shouldKeepSidesThatStreamUntilTheyChange() {
    kept.onQuote(quote(1_000, 12.40, 12.50), MASSIVE);
    kept.onTrade(print(30_000, 1, 12.45));
    assertThat(shown().bid()).isEqualTo(12.40);
    assertThat(shown().sidesAtMillis()).isEqualTo(1_000);
    assertThat(kept.sidesGoodUntilMillis()).isEqualTo(30_000);
    assertThat(kept.asksSides(true)).isFalse();

    kept.lostSides();
    kept.onTrade(print(35_001, 2, 12.45));
    assertThat(shown().reasons()).containsEntry("ask", MissingReason.NOT_STREAMED);
    assertThat(kept.asksSides(true)).isTrue();
    kept.onAnswer(answer(35_100, 12, 13), 35_200);
    assertThat(kept.asksSides(true)).isFalse();
    kept.onTrade(print(60_000, 3, 12.45));
    assertThat(shown().bid()).as("what streams tells any change").isEqualTo(12);
  }

  @Test
  void shouldKnowWhenRestoredSidesWereQuoted() {
    kept.restore(
        new Quote(CALL, 1, 2, 3, 4, 1.5, 77, 5, NONE, 9_000, 6_000, 9_000, MASSIVE, Map.of()),
        true);
    assertThat(shown().sidesAtMillis()).isEqualTo(6_000);
    kept.onTrade(print(11_001, 1, 1.6));
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NOT_STREAMED);
  }

  @Test
  void shouldTakeSidesForGoodThatTheFormerOwnerShowed() {
    kept.adopt(
        new Quote(CALL, 1, 2, 3, 4, 1.5, 77, 5, NONE, 30_000, 6_000, 30_000, MASSIVE, Map.of()),
        true);
    kept.onTrade(print(35_000, 1, 1.6));
    assertThat(shown().bid()).isEqualTo(1);
    assertThat(shown().sidesAtMillis()).isEqualTo(6_000);
    kept.onTrade(print(35_001, 2, 1.6));
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NOT_STREAMED);
  }

  @Test
  void shouldWithholdThatNobodyQuotesOnceNothingTells() {
    kept.onAnswer(answer(5_000, 0, 0), NOW);
    kept.onTrade(print(10_000, 1, 12.6));
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NO_QUOTE);
    kept.onTrade(print(10_001, 2, 12.7));
    assertThat(shown().reasons())
        .containsEntry("bid", MissingReason.NOT_STREAMED)
        .containsEntry("spread", MissingReason.NOT_STREAMED);
    assertThat(kept.book().orElseThrow().reasons()).containsEntry("bid", MissingReason.NO_QUOTE);
    assertThat(kept.sidesAtMillis()).isEqualTo(5_000);
  }

  @Test
  void shouldAskWhetherStillNobodyQuotesOnceTheStreamIsBack() {
    kept.onQuote(quote(1_000, NONE, NONE), MASSIVE);
    assertThat(kept.asksSides(true)).isFalse();
    kept.lostSides();
    assertThat(kept.asksSides(false)).isFalse();
    assertThat(kept.asksSides(true)).isTrue();
    kept.onAnswer(answer(2_000, 12, 13), NOW);
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(kept.asksSides(true)).isFalse();
  }

  @Test
  void shouldKeepWithholdingWhatTheFormerOwnerWithheld() {
    KeptQuote former = new KeptQuote(CALL);
    former.onAnswer(answer(5_000, 12, 13), NOW);
    former.onTrade(print(20_000, 1, 12.7));
    kept.adopt(former.quote().orElseThrow(), true);
    assertThat(shown().last()).isEqualTo(12.7);
    assertThat(shown().reasons())
        .containsEntry("bid", MissingReason.NOT_STREAMED)
        .containsEntry("spread", MissingReason.NOT_STREAMED);
    assertThat(kept.book().orElseThrow().reasons())
        .containsEntry("bid", MissingReason.NOT_STREAMED);
    kept.onTrade(print(30_000, 2, 12.8));
    assertThat(kept.areSidesLoose()).isTrue();
    assertThat(kept.sidesAtMillis()).as("not that of the newest trade").isEqualTo(20_000);

    assertThat(kept.asksSides(false)).as("once").isTrue();
    kept.onAnswer(answer(6_000, 12.1, 13), 30_000);
    assertThat(kept.asksSides(false)).isFalse();
    assertThat(shown().reasons()).containsEntry("bid", MissingReason.NOT_STREAMED);
    assertThat(kept.book().orElseThrow().bid()).isEqualTo(12.1);
    kept.onAnswer(answer(29_000, 12.2, 13), 30_000);
    assertThat(shown().bid()).isEqualTo(12.2);
  }

  @Test
  void shouldTakeSidesThatAreNewerThanRestoredOnes() {
    kept.restore(
        new Quote(CALL, 1, 2, 3, 4, 1.5, 77, 5, NONE, 9_000, 6_000, 9_000, MASSIVE, Map.of()),
        true);
    assertThat(kept.asksSides(true)).isTrue();
    kept.onAnswer(answer(5_900, 11, 13), 60_000);
    assertThat(shown().bid()).isEqualTo(1);
    kept.onAnswer(answer(7_000, 12, 13), 60_000);
    assertThat(shown().bid()).isEqualTo(12);
    assertThat(shown().last()).as("the stored one is newer").isEqualTo(1.5);
    assertThat(kept.asksSides(true)).isFalse();
  }

  @Test
  void shouldNotSayWhatIsNotProvidedBeforeTheAnswer() {
    kept.pending(true);
    kept.onQuote(quote(1_000, 12.40, NONE), MASSIVE);
    assertThat(shown().reasons())
        .containsEntry("prevClose", MissingReason.PENDING)
        .containsEntry("openInterest", MissingReason.PENDING)
        .containsEntry("ask", MissingReason.ONE_SIDED);
    kept.pending(false);
    assertThat(shown().reasons()).containsEntry("prevClose", MissingReason.NOT_PROVIDED);
  }
}
