package io.candlehub.hub.indicator;

import io.candlehub.model.Bar;
import io.candlehub.model.TradingCalendar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One indicator over the bars of one stream. A bar may come at the end, change, be revised or be filled in later: only
 * what follows from it is computed again, and the values equal, bit for bit, those of all held bars computed at once.
 *
 * <p>Bars that do not exist (quiet minutes, breaks, holes not yet filled) are no part of any window; nothing is made up
 * for them. When the series is full, the oldest eighth is dropped and the rest computed anew, as if it had begun there.
 *
 * <p>Confined to the hub's event loop.
 */
public final class IndicatorSeries {
  private static final int DROPPED_PART = 8;

  private final IndicatorSpec spec;
  private final Study study;
  private final int capacity;
  private final BarTable bars = new BarTable();
  private long computedBars;

  /**
   * Creates an empty series.
   *
   * @param calendar says which bars belong to one trade date
   * @param capacity most bars held; at least enough for a settled value and 8 bars
   */
  public IndicatorSeries(IndicatorSpec spec, TradingCalendar calendar, int capacity) {
    this.spec = spec;
    study = Study.of(spec, calendar::dateOf);
    int least = study.settledBars() + DROPPED_PART;
    if (capacity < least) {
      throw new IllegalArgumentException("capacity=" + capacity + " must be at least " + least);
    }
    this.capacity = capacity;
  }

  /** Returns how many bars a series must hold at least, the dropping of old ones included, to always show settled values. */
  public static int enoughBars(IndicatorSpec spec) {
    int settled = Study.of(spec, TradingCalendar.nyse()::dateOf).settledBars() + DROPPED_PART;
    return settled * DROPPED_PART / (DROPPED_PART - 1) + DROPPED_PART;
  }

  /** Returns what is computed. */
  public IndicatorSpec spec() {
    return spec;
  }

  /**
   * Takes bars, in any order; each replaces the one with the same start.
   *
   * @return the part whose values or state may have changed
   */
  public ChangedPart put(List<Bar> changed) {
    int first = Integer.MAX_VALUE;
    int last = -1;
    boolean shifted = false;
    for (Bar bar : changed) {
      int found = bars.find(bar.startMillis());
      int place = found >= 0 ? found : -1 - found;
      if (found < 0) {
        if (bars.size() >= capacity && place == 0) {
          continue;
        }
        shifted |= place < bars.size();
        last += place <= last ? 1 : 0;
        bars.open(place);
      }
      boolean wasFinal = found >= 0 && bars.isFinal(place);
      if (bars.set(place, bar) || found < 0 || wasFinal != bar.isFinal()) {
        first = Math.min(first, place);
        last = Math.max(last, place);
      }
    }
    return last < 0 ? ChangedPart.NOTHING : settle(first, last, shifted);
  }

  private ChangedPart settle(int first, int last, boolean shifted) {
    if (bars.size() > capacity) {
      bars.dropOldest(Math.max(bars.size() - capacity, capacity / DROPPED_PART));
      compute(0, bars.size());
      return part(0, bars.size() - 1);
    }
    return part(first, compute(first, shifted ? bars.size() : last + study.reach() + 1) - 1);
  }

  /** Computes from a bar on, at least up to another, then until nothing differs; returns where it ended. */
  private int compute(int from, int atLeastTo) {
    int i = from;
    boolean differs = true;
    while (i < bars.size() && (differs || i < atLeastTo)) {
      differs = study.compute(bars, i);
      computedBars++;
      i++;
    }
    return i;
  }

  private ChangedPart part(int from, int to) {
    return new ChangedPart(bars.start(from), bars.start(to));
  }

  /** Returns the points of bars that start in [from, to], the newest if there are more than the limit, ascending. */
  public List<IndicatorPoint> points(long fromMillis, long toMillis, int limit) {
    int from = bars.lowerBound(fromMillis);
    int end = toMillis == Long.MAX_VALUE ? bars.size() : bars.lowerBound(toMillis + 1);
    List<IndicatorPoint> found = new ArrayList<>();
    for (int i = end - 1; i >= from && found.size() < limit; i--) {
      if (!Double.isNaN(study.value(0, i))) {
        found.add(point(i));
      }
    }
    Collections.reverse(found);
    return List.copyOf(found);
  }

  private IndicatorPoint point(int i) {
    int columns = spec.kind().columns().size();
    List<Double> values = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      values.add(study.value(column, i));
    }
    return new IndicatorPoint(
        bars.start(i), spec.kind(), values, i + 1 >= study.settledBars(), bars.isFinal(i));
  }

  /** Returns how many bars are held. */
  public int size() {
    return bars.size();
  }

  /** Returns how many times a bar was computed since the beginning: what the indicator costs. */
  long computedBars() {
    return computedBars;
  }
}
