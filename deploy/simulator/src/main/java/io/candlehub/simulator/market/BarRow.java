package io.candlehub.simulator.market;

/**
 * One bar of a window.
 *
 * <p>Units: prices in dollars, volume in shares, time in epoch millis. Immutable, safe anywhere.
 *
 * @param startMillis start of the window, inclusive
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume shares traded
 * @param vwap volume-weighted average price, 0 if unknown
 * @param count number of trades, 0 if unknown
 */
public record BarRow(
    long startMillis,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    int count) {
  /** Returns the bar of this one followed by another of the same window. */
  public BarRow followedBy(BarRow later) {
    double total = volume + later.volume;
    double average = total > 0 ? (vwap * volume + later.vwap * later.volume) / total : later.vwap;
    return new BarRow(
        startMillis,
        open,
        Math.max(high, later.high),
        Math.min(low, later.low),
        later.close,
        total,
        average,
        count + later.count);
  }

  /** Returns this bar with another window start. */
  public BarRow startingAt(long otherStartMillis) {
    return new BarRow(otherStartMillis, open, high, low, close, volume, vwap, count);
  }
}
