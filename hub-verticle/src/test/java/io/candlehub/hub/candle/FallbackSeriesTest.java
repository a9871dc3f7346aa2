package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.SPY;
import static io.candlehub.hub.candle.Feed.answer;
import static io.candlehub.hub.candle.Feed.at;
import static io.candlehub.hub.candle.Feed.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.IntervalState;
import io.candlehub.model.Origin;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.TradeEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider's bars are interrupted, another one's trades take their place, and the bars return. */
@Timeout(10)
class FallbackSeriesTest {
  private static final long TEN = at("2013-10-07T10:00");
  private static final AnswerWorth TRADIER = AnswerWorth.toldBy(new Origin("tradier", "error"));
  private static final SaleConditions CONDITIONS = SaleConditions.documented(AssetClass.EQUITY);

  private final CandleSeries series = Feed.series(TEN);

  private long start(int minute) {
    return TEN + minute * MINUTE;
  }

  private Optional<Bar> bar(int minute) {
    return series.views().read(Timeframe.M1, SessionMode.EXTENDED, -1).bars().stream()
        .filter(bar -> bar.startMillis() == start(minute))
        .findFirst();
  }

  private IntervalState state(int minute) {
    return Feed.state(series, start(minute)).orElseThrow();
  }

  private void trade(long millis, double price) {
    TradeEvent trade = new TradeEvent(SPY, millis, millis, 1, price, 10, List.of());
    series.onTrade(trade, CONDITIONS, millis + 100);
  }

  private void loseAndReturn(long lost, long back) {
    series.onFeedLost(lost, lost);
    series.onFeedBack(back);
    series.onMinutes(answer(start(0), back, back, 12, start(0), start(1)), back);
  }

  /** Bars of one provider until 10:01, trades of another from 10:01:30 to 10:04:30, then bars again. */
  @BeforeEach
  void interrupt() {
    series.onFeedBack(TEN);
    series.onBar(minute(start(0), 12), start(1) + 1_000, 0);
    loseAndReturn(start(1) + 10_000, start(1) + 30_000);
    trade(start(2) + 1_000, 20);
    trade(start(2) + 59_000, 21);
    series.onClock(start(4) + 5_000);
    trade(start(4) + 10_000, 22);
  }

  @Test
  void shouldKeepWhatWasConfirmedFromWhatAnotherProviderTells() {
    tell(start(8), 17, TRADIER);
    assertThat(List.of(close(0), close(1), close(2))).containsExactly(12.0, 17.0, 17.0);
    tell(start(9), 18, TRADIER);
    assertThat(List.of(close(0), close(1), close(2))).containsExactly(12.0, 18.0, 18.0);
    tell(start(10), 19, AnswerWorth.WHOLE);
    assertThat(List.of(close(0), close(1), close(2))).containsExactly(19.0, 19.0, 19.0);
  }

  @Test
  void shouldKeepWhatTheStoreHasFromWhatAnotherProviderTells() {
    long asked = start(8);
    HistoryPart kept = answer(start(5), asked, asked, 12, start(5), start(6));
    series.onMinutes(
        new HistoryPart(
            kept.bars(), kept.fromMillis(), kept.toMillis(), Long.MIN_VALUE, BarSource.CACHE),
        asked);
    HistoryPart other = answer(start(5), asked, asked, 18, start(5), start(6));
    series.onMinutes(worth(other, TRADIER), asked);
    assertThat(close(5)).isEqualTo(12.0);
    series.onMinutes(other, asked);
    assertThat(close(5)).isEqualTo(18.0);
  }

  @Test
  void shouldNotCallQuietWhatAnotherProviderHasNothingOf() {
    series.onFeedLost(start(4) + 30_000, start(4) + 30_000);
    series.onClock(start(8));
    long asked = start(8);
    HistoryPart nothing = answer(start(5), asked, asked, 12);
    series.onMinutes(worth(nothing, TRADIER), asked);
    assertThat(state(6)).isEqualTo(IntervalState.OUTAGE);
    series.onMinutes(worth(answer(start(5), asked, asked, 12, start(5)), TRADIER), asked);
    assertThat(state(6)).isEqualTo(IntervalState.QUIET);
  }

  private double close(int minute) {
    return bar(minute).orElseThrow().close();
  }

  private void tell(long asked, double price, AnswerWorth worth) {
    HistoryPart told = answer(start(0), asked, asked, price, start(0), start(1), start(2));
    series.onMinutes(worth(told, worth), asked);
  }

  private static HistoryPart worth(HistoryPart told, AnswerWorth worth) {
    return new HistoryPart(
        told.bars(),
        told.fromMillis(),
        told.toMillis(),
        told.askedAtMillis(),
        told.source(),
        worth);
  }

  @Test
  void shouldFinishByTheClockWhatTradesMade() {
    assertThat(series.isTradeBuilt()).isTrue();
    assertThat(bar(2).orElseThrow().state()).isEqualTo(BarState.FINAL);
    assertThat(bar(2).orElseThrow().close()).isEqualTo(21);
    assertThat(state(3)).isEqualTo(IntervalState.QUIET);
    assertThat(bar(4).orElseThrow().state()).isEqualTo(BarState.LIVE);
  }

  @Test
  void shouldLetBarsConfirmAgainWhenTheyAreBack() {
    String epoch = series.epoch();
    long seq = series.seq();
    long back = start(4) + 30_000;
    series.onFeedLost(back, back);
    series.onBarsAgain(back);
    series.onFeedBack(back);
    assertThat(series.isTradeBuilt()).isFalse();
    assertThat(series.isTradeBuilt(start(2))).isTrue();
    assertThat(series.isTradeBuilt(start(5))).isFalse();

    series.onBar(minute(start(5), 30), start(6) + 1_000, 0);
    series.onClock(start(7) + 5_000);
    assertThat(bar(5).orElseThrow().state()).isEqualTo(BarState.FINAL);
    assertThat(state(6)).isEqualTo(IntervalState.SUSPECTED);
    long asked = start(7) + 6_000;
    series.onMinutes(answer(start(2), start(6), asked, 25, start(2), start(4), start(5)), asked);
    assertThat(bar(2).orElseThrow().state()).isEqualTo(BarState.REVISED);
    assertThat(bar(2).orElseThrow().close()).isEqualTo(25);
    assertThat(bar(4).orElseThrow().isFinal()).isTrue();
    assertThat(state(6)).isEqualTo(IntervalState.QUIET);
    assertThat(series.epoch()).isEqualTo(epoch);
    assertThat(series.seq()).isGreaterThan(seq);
  }
}
