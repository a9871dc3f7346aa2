package io.candlehub.model;

import java.util.Objects;

/**
 * A stretch of time without bars and the reason (contract §3, intervals).
 *
 * @param fromMillis start, included
 * @param toMillis end, excluded
 * @param state the reason
 */
public record Interval(long fromMillis, long toMillis, IntervalState state) {
  /** Checks that the interval is not empty. */
  public Interval {
    Objects.requireNonNull(state, "state");
    if (toMillis <= fromMillis) {
      throw new IllegalArgumentException(
          "interval [" + fromMillis + ", " + toMillis + ") must not be empty");
    }
  }
}
