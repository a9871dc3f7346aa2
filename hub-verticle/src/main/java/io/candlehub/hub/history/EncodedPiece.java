package io.candlehub.hub.history;

import io.candlehub.bus.ChartJson;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.Interval;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bars and stretches without bars of a run of days, encoded once for every reader of any part of them. Immutable.
 */
final class EncodedPiece {
  private static final int BYTES_PER_BAR = 150;
  private static final int BYTES_PER_INTERVAL = 70;

  private final EncodedRows bars;
  private final EncodedRows stretches;
  private final List<Interval> intervals;
  private final boolean stored;

  EncodedPiece(List<Bar> bars, List<Interval> intervals) {
    this.bars = EncodedRows.of(bars, Bar::startMillis, ChartJson::writeBar, BYTES_PER_BAR);
    this.intervals = List.copyOf(intervals);
    stretches = encoded(this.intervals);
    stored = bars.stream().allMatch(bar -> bar.source() == BarSource.CACHE);
  }

  private static EncodedRows encoded(List<Interval> intervals) {
    return EncodedRows.of(
        intervals, Interval::fromMillis, ChartJson::writeInterval, BYTES_PER_INTERVAL);
  }

  EncodedRows bars() {
    return bars;
  }

  /** Returns true if every bar came from the store. */
  boolean isStored() {
    return stored;
  }

  int bytes() {
    return bars.bytes() + stretches.bytes();
  }

  /** Hands out the stretches in [from, to), the first and the last cut to it. */
  void stretches(long fromMillis, long toMillis, Consumer<Buffer> out) {
    int first = 0;
    while (first < intervals.size() && intervals.get(first).fromMillis() < fromMillis) {
      cut(intervals.get(first), fromMillis, toMillis, out);
      first++;
    }
    int last = intervals.size();
    while (last > first && intervals.get(last - 1).toMillis() > toMillis) {
      last--;
    }
    if (last > first) {
      out.accept(stretches.rows(first, last));
    }
    for (int i = last; i < intervals.size(); i++) {
      cut(intervals.get(i), fromMillis, toMillis, out);
    }
  }

  private static void cut(Interval interval, long fromMillis, long toMillis, Consumer<Buffer> out) {
    long from = Math.max(interval.fromMillis(), fromMillis);
    long to = Math.min(interval.toMillis(), toMillis);
    if (from < to) {
      EncodedRows one = encoded(List.of(new Interval(from, to, interval.state())));
      out.accept(one.rows(0, 1));
    }
  }
}
