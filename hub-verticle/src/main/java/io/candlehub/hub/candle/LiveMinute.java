package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.AggregateEvent;

/**
 * A minute that is not confirmed yet: a fold over its seconds keyed by their start, and possibly an unfinished bar of
 * the whole minute that the provider gave.
 *
 * <p>The fold is the better witness if every second since the minute's begin could be seen. If not, the provider's
 * unfinished bar is taken and the seconds that began after it are added.
 */
final class LiveMinute {
  private static final int SECONDS = 60;
  private static final int WIDTH = 6;

  private final long startMillis;
  private final double[] values = new double[SECONDS * WIDTH];
  private long present;
  private boolean whole;
  private double[] unfinished = new double[0];
  private long unfinishedAtMillis;
  private boolean unfinishedWins;
  private BarSource unfinishedSource = BarSource.LIVE;
  private long unfinishedTrades = -1;

  LiveMinute(long startMillis) {
    this.startMillis = startMillis;
  }

  /** Says that every second of the minute so far was seen, or that some were not. */
  void whole(boolean seen) {
    whole = seen;
  }

  /** Puts a streamed second; returns false if it was there with the same values. */
  boolean put(AggregateEvent second) {
    int i = (int) ((second.startMillis() - startMillis) / 1_000);
    return put(i, new double[] {
      second.open(), second.high(), second.low(), second.close(), second.volume(), second.vwap()
    });
  }

  private boolean put(int i, double[] second) {
    boolean same = (present & 1L << i) != 0;
    for (int k = 0; k < WIDTH; k++) {
      same &= Double.compare(values[i * WIDTH + k], second[k]) == 0;
      values[i * WIDTH + k] = second[k];
    }
    present |= 1L << i;
    return !same;
  }

  /** Puts the provider's second {@code row} unless a streamed one is there; returns true if it was put. */
  boolean putIfAbsent(BarBlock seconds, int row) {
    int i = (int) ((seconds.startMillis(row) - startMillis) / 1_000);
    if ((present & 1L << i) != 0) {
      return false;
    }
    return put(i, new double[] {
      seconds.open(row),
      seconds.high(row),
      seconds.low(row),
      seconds.close(row),
      seconds.volume(row),
      seconds.vwap(row)
    });
  }

  /** Takes a streamed minute bar whose end has not come; it wins over the seconds before it. */
  void unfinished(AggregateEvent minute, long nowMillis) {
    unfinished = new double[] {
      minute.open(), minute.high(), minute.low(), minute.close(), minute.volume(), minute.vwap()
    };
    unfinishedAtMillis = nowMillis;
    unfinishedWins = true;
    unfinishedSource = BarSource.LIVE;
    unfinishedTrades = -1;
  }

  /** Takes the provider's minute bar of a question asked before the minute could be final; older answers are ignored. */
  void unfinished(BarBlock minutes, int row, long askedAtMillis) {
    if (unfinished.length > 0 && (unfinishedWins || askedAtMillis < unfinishedAtMillis)) {
      return;
    }
    unfinished = new double[] {
      minutes.open(row),
      minutes.high(row),
      minutes.low(row),
      minutes.close(row),
      minutes.volume(row),
      minutes.vwap(row)
    };
    unfinishedAtMillis = askedAtMillis;
    unfinishedSource = BarSource.BACKFILL;
    unfinishedTrades = minutes.trades(row);
  }

  /** Returns the live bar; something must have been put. */
  Bar bar(BarFold fold) {
    fold.clear();
    long from = Long.MIN_VALUE;
    if (unfinished.length > 0 && (unfinishedWins || !whole || present == 0)) {
      fold.price(unfinished[0], unfinished[1], unfinished[2], unfinished[3]);
      fold.volume(unfinished[4], unfinished[5], unfinishedTrades);
      fold.source(unfinishedSource);
      from = unfinishedAtMillis;
    }
    for (int i = 0; i < SECONDS; i++) {
      if ((present & 1L << i) != 0 && startMillis + i * 1_000L >= from) {
        int at = i * WIDTH;
        fold.price(values[at], values[at + 1], values[at + 2], values[at + 3]);
        fold.volume(values[at + 4], values[at + 5], -1);
        fold.source(BarSource.LIVE);
      }
    }
    return fold.toBar(startMillis, BarState.LIVE, 0, Double.NaN);
  }
}
