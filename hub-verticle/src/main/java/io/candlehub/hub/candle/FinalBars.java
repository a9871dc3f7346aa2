package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.AggregateEvent;

/** Makes final base bars of what the provider said. Pure. */
public final class FinalBars {
  private FinalBars() {}

  /** Returns a streamed bar. */
  static Bar of(AggregateEvent event) {
    return new Bar(
        event.startMillis(),
        event.open(),
        event.high(),
        event.low(),
        event.close(),
        event.volume(),
        event.vwap(),
        -1,
        BarState.FINAL,
        0,
        BarSource.LIVE,
        Double.NaN);
  }

  /** Returns row {@code i} of an answer of the history. */
  public static Bar of(BarBlock block, int i, BarSource source) {
    return of(block, i, block.startMillis(i), source);
  }

  /** Returns row {@code i} of an answer of the history, which we say begins at another time. */
  static Bar of(BarBlock block, int i, long startMillis, BarSource source) {
    return new Bar(
        startMillis,
        block.open(i),
        block.high(i),
        block.low(i),
        block.close(i),
        block.volume(i),
        block.vwap(i),
        block.trades(i),
        BarState.FINAL,
        0,
        source,
        Double.NaN);
  }
}
