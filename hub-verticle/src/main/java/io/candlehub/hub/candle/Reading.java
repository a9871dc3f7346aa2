package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.Interval;
import java.util.List;

/**
 * What a series shows in one timeframe and mode after a position.
 *
 * @param bars bars changed after the position, adjusted for splits, ascending
 * @param intervals stretches without bars that changed or lie beside a change, ascending
 * @param changeSeqs the position of each bar's last change
 */
public record Reading(List<Bar> bars, List<Interval> intervals, List<Long> changeSeqs) {
  /** Copies the lists. */
  public Reading {
    bars = List.copyOf(bars);
    intervals = List.copyOf(intervals);
    changeSeqs = List.copyOf(changeSeqs);
  }

  /** Returns true if nothing changed. */
  public boolean isEmpty() {
    return bars.isEmpty() && intervals.isEmpty();
  }
}
