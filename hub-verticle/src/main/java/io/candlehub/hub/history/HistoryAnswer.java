package io.candlehub.hub.history;

import io.candlehub.model.Bar;
import io.candlehub.model.Interval;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Bars of a range.
 *
 * @param bars ascending by start
 * @param intervals stretches without bars, ascending
 * @param next start of the first bar left out because of the limit
 */
public record HistoryAnswer(List<Bar> bars, List<Interval> intervals, OptionalLong next) {
  /** Copies the lists. */
  public HistoryAnswer {
    bars = List.copyOf(bars);
    intervals = List.copyOf(intervals);
    Objects.requireNonNull(next, "next");
  }

  /** Returns the answer cut to a limit: the oldest bars, or the newest if the reader gave no start. */
  HistoryAnswer cut(int limit, boolean keepOldest) {
    if (bars.size() <= limit) {
      return this;
    }
    if (keepOldest) {
      long next = bars.get(limit).startMillis();
      return new HistoryAnswer(
          bars.subList(0, limit), between(Long.MIN_VALUE, next), OptionalLong.of(next));
    }
    List<Bar> newest = bars.subList(bars.size() - limit, bars.size());
    return new HistoryAnswer(
        newest, between(newest.get(0).startMillis(), Long.MAX_VALUE), OptionalLong.empty());
  }

  private List<Interval> between(long from, long to) {
    return clipped(intervals, from, to);
  }

  /** Returns the parts of intervals that lie in [from, to). */
  static List<Interval> clipped(List<Interval> intervals, long from, long to) {
    return intervals.stream()
        .filter(interval -> interval.fromMillis() < to && interval.toMillis() > from)
        .map(interval -> new Interval(
            Math.max(interval.fromMillis(), from),
            Math.min(interval.toMillis(), to),
            interval.state()))
        .toList();
  }
}
