package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.IntervalState;
import io.candlehub.model.Timeframe;

/**
 * The bars of 5 or 15 seconds, derived from seconds when they are read. A bar is final when all its seconds are
 * settled, {@code outage} when it is over and seconds could not be seen, else live. Confined to the hub's event loop.
 */
final class SecondRollUp {
  private static final long SECOND = 1_000;

  private final Timeframe timeframe;
  private final BarColumns seconds;
  private final SecondSlots slots;
  private final BarColumns bars = new BarColumns();
  private final BarFold fold = new BarFold();
  private long doneSeq;

  SecondRollUp(Timeframe timeframe, BarColumns seconds, SecondSlots slots) {
    this.timeframe = timeframe;
    this.seconds = seconds;
    this.slots = slots;
  }

  /** Returns the bars, those derived again whose seconds changed since the last call. */
  BarColumns refreshed(long seq) {
    if (Math.max(seconds.lastChangeSeq(), slots.lastChangeSeq()) > doneSeq) {
      long done = Long.MIN_VALUE;
      for (int i = 0; i < seconds.size(); i++) {
        if (seconds.changeSeq(i) > doneSeq) {
          done = derive(seconds.startMillis(i), done, seq);
        }
      }
      for (long start = slots.firstMillis(); start < slots.nextMillis(); start += SECOND) {
        if (slots.seq(start) > doneSeq) {
          done = derive(start, done, seq);
        }
      }
      doneSeq = seq;
    }
    return bars;
  }

  private long derive(long second, long done, long seq) {
    long start = Math.floorDiv(second, timeframe.millis()) * timeframe.millis();
    if (start == done || start < slots.firstMillis()) {
      return done;
    }
    fold.clear();
    int settled = 0;
    boolean outage = false;
    for (long at = start; at < start + timeframe.millis(); at += SECOND) {
      int i = seconds.indexOf(at);
      if (i >= 0) {
        seconds.addTo(fold, i);
        settled += seconds.isFinal(i) ? 1 : 0;
      } else {
        settled += slots.isSettled(at) ? 1 : 0;
        outage |= slots.is(at, IntervalState.OUTAGE);
      }
    }
    if (!fold.isEmpty()) {
      put(start, settled, outage, seq);
    }
    return start;
  }

  private void put(long start, int settled, boolean outage, long seq) {
    int length = (int) (timeframe.millis() / SECOND);
    boolean over = start + timeframe.millis() <= slots.nextMillis();
    long elapsed = over ? length : Math.max(settled, (slots.nextMillis() - start) / SECOND);
    BarState state = settled == length ? BarState.FINAL : BarState.LIVE;
    if (over && outage) {
      state = BarState.OUTAGE;
    }
    double coverage = elapsed <= 0 ? 1 : Math.min(1, (double) settled / elapsed);
    Bar derived = fold.toBar(start, state, 0, coverage);
    int at = bars.indexOf(start);
    if (at >= 0) {
      derived = Revisions.continued(bars.bar(at), derived);
      if (derived.equals(bars.bar(at))) {
        return;
      }
    }
    bars.put(derived, 0, seq);
  }

  void dropBefore(long millis) {
    bars.dropBefore(millis);
  }
}
