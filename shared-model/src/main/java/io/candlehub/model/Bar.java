package io.candlehub.model;

import java.util.Objects;

/**
 * One OHLCV bar as a client sees it (contract §3, BAR).
 *
 * <p>Prices in the instrument's quote currency, volume in shares or contracts (fractions possible). Immutable.
 *
 * @param startMillis start of the bar, epoch millis UTC
 * @param open first price
 * @param high highest price, at least open and close
 * @param low lowest price, at most open and close
 * @param close last price
 * @param volume traded volume, not negative
 * @param vwap volume-weighted average price, or NaN if the source has none
 * @param trades number of trades, or -1 if the source has none
 * @param state what the bar claims to be
 * @param revision how often a final bar's o, h, l, c or v changed
 * @param source where the values came from
 * @param coverage settled by elapsed session minutes of a roll-up, 0 to 1, or NaN for base bars
 */
public record Bar(
    long startMillis,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    long trades,
    BarState state,
    int revision,
    BarSource source,
    double coverage) {
  /** Checks the values. */
  public Bar {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(source, "source");
    Ohlc.problem(open, high, low, close, volume).ifPresent(problem -> {
      throw new IllegalArgumentException("bar at " + startMillis + ": " + problem);
    });
    if (revision < 0) {
      throw new IllegalArgumentException("revision=" + revision + " must not be negative");
    }
  }

  /** Returns true if the values will only change by revision. */
  public boolean isFinal() {
    return state == BarState.FINAL || state == BarState.REVISED;
  }

  /** Returns true if open, high, low, close and volume equal those of another bar. */
  public boolean sameValues(Bar other) {
    return open == other.open
        && high == other.high
        && low == other.low
        && close == other.close
        && volume == other.volume;
  }
}
