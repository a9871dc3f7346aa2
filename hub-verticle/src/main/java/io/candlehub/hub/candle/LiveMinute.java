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
 * unfinished bar is taken and the seconds that began after it are added. At which moment between question and answer the
 * provider looked is not known: prices of seconds in between are taken, for they do no harm twice, their volume is not. Seconds that arrive in order are folded as
 * they come; any other input makes the next reading fold all again.
 */
final class LiveMinute {
  private static final int SECONDS = 60;
  private static final int WIDTH = 6;

  private final long startMillis;
  private final double[] values = new double[SECONDS * WIDTH];
  private long present;
  private int newest = -1;
  private boolean whole;
  private boolean folded = true;
  private boolean dirty;
  private double open;
  private double high;
  private double low;
  private double volume;
  private double turnover;
  private double[] unfinished = new double[0];
  private long unfinishedAtMillis;
  private long unfinishedByMillis;
  private boolean unfinishedWins;
  private BarSource unfinishedSource = BarSource.LIVE;
  private long unfinishedTrades = -1;

  LiveMinute(long startMillis) {
    this.startMillis = startMillis;
  }

  long startMillis() {
    return startMillis;
  }

  /** Marks that the bar is to be read; returns true if it was not marked yet. */
  boolean touch() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  /** Takes the mark back. */
  void clean() {
    dirty = false;
  }

  /** Says that every second of the minute so far was seen, or that some were not. */
  void whole(boolean seen) {
    folded &= seen == whole || unfinished.length == 0;
    whole = seen;
  }

  /** Puts a streamed second; returns false if it was there with the same values. */
  boolean put(AggregateEvent second) {
    return put(
        (int) (second.startMillis() - startMillis) / 1_000,
        second.open(),
        second.high(),
        second.low(),
        second.close(),
        second.volume(),
        second.vwap());
  }

  private boolean put(int i, double o, double h, double l, double c, double v, double vw) {
    int at = i * WIDTH;
    boolean known = (present & 1L << i) != 0;
    if (known && sameAs(at, o, h, l, c, v, vw)) {
      return false;
    }
    values[at] = o;
    values[at + 1] = h;
    values[at + 2] = l;
    values[at + 3] = c;
    values[at + 4] = v;
    values[at + 5] = vw;
    present |= 1L << i;
    if (i > newest && folded && unfinished.length == 0) {
      append(at);
    } else {
      folded = false;
    }
    newest = Math.max(newest, i);
    return true;
  }

  private boolean sameAs(int at, double o, double h, double l, double c, double v, double vw) {
    return values[at] == o
        && values[at + 1] == h
        && values[at + 2] == l
        && values[at + 3] == c
        && values[at + 4] == v
        && Double.compare(values[at + 5], vw) == 0;
  }

  private void append(int at) {
    boolean first = newest < 0;
    open = first ? values[at] : open;
    high = first ? values[at + 1] : Math.max(high, values[at + 1]);
    low = first ? values[at + 2] : Math.min(low, values[at + 2]);
    double part = values[at + 4];
    volume += part;
    if (part > 0) {
      turnover += values[at + 5] * part;
    }
  }

  /** Puts the provider's second {@code row} unless a streamed one is there; returns true if it was put. */
  boolean putIfAbsent(BarBlock seconds, int row) {
    int i = (int) (seconds.startMillis(row) - startMillis) / 1_000;
    return (present & 1L << i) == 0
        && put(
            i,
            seconds.open(row),
            seconds.high(row),
            seconds.low(row),
            seconds.close(row),
            seconds.volume(row),
            seconds.vwap(row));
  }

  /** Takes a streamed minute bar whose end has not come; it wins over the seconds before it. */
  void unfinished(AggregateEvent minute, long nowMillis) {
    unfinished = new double[] {
      minute.open(), minute.high(), minute.low(), minute.close(), minute.volume(), minute.vwap()
    };
    unfinishedAtMillis = nowMillis;
    unfinishedByMillis = nowMillis;
    unfinishedWins = true;
    unfinishedSource = BarSource.LIVE;
    unfinishedTrades = -1;
    folded = false;
  }

  /** Takes the provider's minute bar of a question asked before the minute could be final; older answers are ignored. */
  void unfinished(BarBlock minutes, int row, long askedAtMillis, long answeredAtMillis) {
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
    unfinishedByMillis = answeredAtMillis;
    unfinishedSource = BarSource.BACKFILL;
    unfinishedTrades = minutes.trades(row);
    folded = false;
  }

  /** Takes the bar that a former owner made of seconds which are not known here. */
  void known(Bar bar, long atMillis) {
    unfinished =
        new double[] {bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.vwap()};
    unfinishedAtMillis = atMillis;
    unfinishedByMillis = atMillis;
    unfinishedSource = bar.source();
    unfinishedTrades = bar.trades();
    folded = false;
  }

  /** Returns the live bar; something must have been put. */
  Bar bar(BarFold fold) {
    if (!folded) {
      foldAll(fold);
      return fold.toBar(startMillis, BarState.LIVE, 0, Double.NaN);
    }
    return new Bar(
        startMillis,
        open,
        high,
        low,
        values[newest * WIDTH + 3],
        volume,
        volume > 0 ? turnover / volume : Double.NaN,
        -1,
        BarState.LIVE,
        0,
        BarSource.LIVE,
        Double.NaN);
  }

  private void foldAll(BarFold fold) {
    fold.clear();
    long from = Long.MIN_VALUE;
    long volumeFrom = Long.MIN_VALUE;
    if (unfinished.length > 0 && (unfinishedWins || !whole || present == 0)) {
      fold.price(unfinished[0], unfinished[1], unfinished[2], unfinished[3]);
      fold.volume(unfinished[4], unfinished[5], unfinishedTrades);
      fold.source(unfinishedSource);
      from = unfinishedAtMillis;
      volumeFrom = unfinishedByMillis;
    }
    for (int i = 0; i < SECONDS; i++) {
      if ((present & 1L << i) != 0 && startMillis + i * 1_000L >= from) {
        int at = i * WIDTH;
        fold.price(values[at], values[at + 1], values[at + 2], values[at + 3]);
        if (startMillis + i * 1_000L >= volumeFrom) {
          fold.volume(values[at + 4], values[at + 5], -1);
        }
        fold.source(BarSource.LIVE);
      }
    }
  }
}
