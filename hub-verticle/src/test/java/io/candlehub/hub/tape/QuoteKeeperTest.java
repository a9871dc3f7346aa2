package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.print;
import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class QuoteKeeperTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final Instrument PUT = Instrument.of("O:SPY251219P00650000");

  private final QuoteKeeper keeper = new QuoteKeeper();

  private KeptQuote call() {
    return keeper.quote(CALL).orElseThrow();
  }

  @Test
  void shouldKeepLastQuoteAndTellAges() {
    assertThat(keeper.quote(CALL)).isEmpty();
    assertThat(keeper.onQuote(CALL, quote(1_000, 12.40, 12.50))).isTrue();
    assertThat(keeper.onTrade(CALL, print(1_200, 1, 12.45))).isTrue();
    assertThat(call().book().bid()).isEqualTo(12.40);
    assertThat(call().last()).isEqualTo(12.45);
    assertThat(call().bookAgeMillis(6_000)).hasValue(5_000);
    assertThat(call().lastAgeMillis(6_000)).hasValue(4_800);
    assertThat(call().bookAgeMillis(900)).hasValue(0);
  }

  @Test
  void shouldSayWhatIsNotKnown() {
    keeper.onDay(CALL, Double.NaN, 0);
    assertThat(call().openInterest()).isZero();
    assertThat(call().volume()).isNaN();
    assertThat(call().last()).isNaN();
    assertThat(call().bookAgeMillis(1)).isEmpty();
    assertThat(call().lastAgeMillis(1)).isEmpty();
    assertThat(call().book().state()).isEqualTo(BookState.NO_QUOTE);
  }

  @Test
  void shouldIgnoreLateQuotesAndTrades() {
    keeper.onQuote(CALL, quote(1_000, 12.40, 12.50));
    keeper.onTrade(CALL, print(1_000, 2, 12.45));
    assertThat(keeper.onQuote(CALL, quote(999, 1, 2))).isFalse();
    assertThat(keeper.onTrade(CALL, print(999, 1, 1))).isFalse();
    assertThat(call().book().bid()).isEqualTo(12.40);
    assertThat(call().last()).isEqualTo(12.45);
    assertThat(keeper.lateQuotes()).isEqualTo(1);
  }

  @Test
  void shouldTakeSameQuoteAgainAsNewerButNoChange() {
    keeper.onQuote(CALL, quote(1_000, 12.40, 12.50));
    assertThat(keeper.onQuote(CALL, quote(2_000, 12.40, 12.50))).isFalse();
    assertThat(call().bookAgeMillis(2_500)).hasValue(500);
  }

  @Test
  void shouldNotTakeCancelledOrLatePrintForLast() {
    assertThat(keeper.onTrade(CALL, print(1_000, 1, 12.45, 201))).isFalse();
    assertThat(keeper.onTrade(CALL, print(1_000, 2, 12.45, 204))).isFalse();
    assertThat(keeper.onTrade(CALL, print(1_000, 3, 12.45, 247))).isFalse();
    assertThat(keeper.onTrade(CALL, print(1_000, 4, 12.45, 232))).isTrue();
  }

  @Test
  void shouldRestoreWhatStoreKnewUntilSomethingNewerComes() {
    keeper.onQuote(CALL, quote(1_000, 12.40, 12.50));
    keeper.onTrade(CALL, print(1_000, 1, 12.45));
    keeper.onDay(CALL, 500, 15_000);
    QuoteKeeper restarted = new QuoteKeeper();
    assertThat(restarted.restore(call(), true)).isTrue();
    KeptQuote restored = restarted.quote(CALL).orElseThrow();
    assertThat(restored.restored()).isTrue();
    assertThat(restored.book()).isEqualTo(call().book());
    assertThat(restored.volume()).isEqualTo(500);
    assertThat(restarted.takeUnsaved(10)).isEmpty();
    assertThat(restarted.onQuote(CALL, quote(2_000, 12.40, 12.50))).isTrue();
    assertThat(restarted.quote(CALL).orElseThrow().restored()).isFalse();
  }

  @Test
  void shouldNotLetStoreOverwriteWhatIsLive() {
    QuoteKeeper old = new QuoteKeeper();
    old.onQuote(CALL, quote(500, 1, 2));
    old.onTrade(CALL, print(500, 1, 1.5));
    old.onDay(CALL, 77, 5);
    KeptQuote stored = old.quote(CALL).orElseThrow();
    keeper.onQuote(CALL, quote(1_000, 12.40, 12.50));
    assertThat(keeper.restore(stored, false)).isTrue();
    assertThat(call().book().bid()).isEqualTo(12.40);
    assertThat(call().restored()).isFalse();
    assertThat(call().last()).isEqualTo(1.5);
    assertThat(call().volume()).isNaN();
    assertThat(call().openInterest()).isEqualTo(5);
    assertThat(keeper.restore(stored, false)).isFalse();
  }

  @Test
  void shouldHandOutChangesOnceForStore() {
    keeper.onQuote(CALL, quote(1_000, 1, 2));
    keeper.onQuote(PUT, quote(1_000, 3, 4));
    keeper.onQuote(CALL, quote(1_001, 1, 3));
    List<KeptQuote> taken = keeper.takeUnsaved(1);
    assertThat(taken).extracting(KeptQuote::instrument).containsExactly(CALL);
    assertThat(taken.get(0).book().ask()).isEqualTo(3);
    keeper.notSaved(taken);
    assertThat(keeper.takeUnsaved(10)).extracting(KeptQuote::instrument).containsExactly(PUT, CALL);
    assertThat(keeper.takeUnsaved(10)).isEmpty();
  }

  @Test
  void shouldForgetWhatIsDropped() {
    keeper.onQuote(CALL, quote(1_000, 1, 2));
    List<KeptQuote> taken = keeper.takeUnsaved(5);
    keeper.drop(CALL::equals);
    keeper.notSaved(taken);
    assertThat(keeper.quote(CALL)).isEmpty();
    assertThat(keeper.takeUnsaved(5)).isEmpty();
  }
}
