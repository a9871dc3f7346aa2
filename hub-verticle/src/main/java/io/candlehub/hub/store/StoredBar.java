package io.candlehub.hub.store;

import io.candlehub.model.BarSource;
import io.candlehub.model.Ohlc;
import java.util.Objects;

/**
 * One settled bar as it is kept, raw and unadjusted. Immutable.
 *
 * @param startMillis start of the bar, epoch millis UTC
 * @param open first price
 * @param high highest price, at least open and close
 * @param low lowest price, at most open and close
 * @param close last price
 * @param volume traded volume, not negative, fractions possible
 * @param vwap volume-weighted average price, or NaN if unknown
 * @param trades number of trades, or -1 if unknown
 * @param source where the values came from
 * @param revision how often the values changed after they were first final
 */
public record StoredBar(
    long startMillis,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    long trades,
    BarSource source,
    int revision) {
  /** Checks the values. */
  public StoredBar {
    Objects.requireNonNull(source, "source");
    Ohlc.problem(open, high, low, close, volume).ifPresent(problem -> {
      throw new IllegalArgumentException("bar at " + startMillis + ": " + problem);
    });
    if (revision < 0) {
      throw new IllegalArgumentException("revision=" + revision + " must not be negative");
    }
  }
}
