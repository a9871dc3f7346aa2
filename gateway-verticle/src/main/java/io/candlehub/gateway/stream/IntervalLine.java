package io.candlehub.gateway.stream;

import io.candlehub.model.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * The stretches without bars of one chart, ordered and never overlapping, each with the position of its last change.
 * Pure.
 */
final class IntervalLine {
  private record Held(Interval interval, long seq) {}

  private List<Held> line = new ArrayList<>();

  void reset(List<Interval> intervals, long seq) {
    line = new ArrayList<>(intervals.size());
    intervals.forEach(interval -> line.add(new Held(interval, seq)));
  }

  /** Lays a changed interval over the line: what it overlaps is replaced. */
  void put(Interval interval, long seq) {
    int at = cut(interval.fromMillis(), interval.toMillis());
    line.add(at, new Held(interval, seq));
  }

  /** Drops a stretch, because bars are there; returns the index where something may take its place. */
  int cut(long fromMillis, long toMillis) {
    int first = line.size();
    while (first > 0 && line.get(first - 1).interval.toMillis() > fromMillis) {
      first--;
    }
    int end = first;
    while (end < line.size() && line.get(end).interval.fromMillis() < toMillis) {
      end++;
    }
    if (first == end) {
      return first;
    }
    List<Held> kept = new ArrayList<>(2);
    Held head = line.get(first);
    Held tail = line.get(end - 1);
    int before = 0;
    if (head.interval.fromMillis() < fromMillis) {
      Interval left = new Interval(head.interval.fromMillis(), fromMillis, head.interval.state());
      kept.add(new Held(left, head.seq));
      before = 1;
    }
    if (tail.interval.toMillis() > toMillis) {
      Interval right = new Interval(toMillis, tail.interval.toMillis(), tail.interval.state());
      kept.add(new Held(right, tail.seq));
    }
    List<Held> replaced = line.subList(first, end);
    replaced.clear();
    line.addAll(first, kept);
    return first + before;
  }

  /** Drops everything that ends before an instant; returns the newest position among what was dropped, or 0. */
  long dropBefore(long millis) {
    long newest = 0;
    int drop = 0;
    while (drop < line.size() && line.get(drop).interval.toMillis() <= millis) {
      newest = Math.max(newest, line.get(drop).seq);
      drop++;
    }
    line.subList(0, drop).clear();
    return newest;
  }

  List<Interval> all() {
    return line.stream().map(Held::interval).toList();
  }

  List<Interval> changedAfter(long seq) {
    return line.stream().filter(held -> held.seq > seq).map(Held::interval).toList();
  }
}
