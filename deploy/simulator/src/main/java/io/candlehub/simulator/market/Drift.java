package io.candlehub.simulator.market;

/**
 * A move of a symbol's price that was ordered: evenly from one instant to another, and from then on it stays.
 *
 * @param fromMillis start, a whole second
 * @param toMillis end, after the start
 * @param factor the price at the end by what it would have been
 */
public record Drift(long fromMillis, long toMillis, double factor) {
  private static final long SECOND = 1_000;

  /** Returns the price by what it would have been, the same for all of a second. */
  public double at(long millis) {
    long second = Math.floorDiv(millis, SECOND) * SECOND;
    double share = (double) (second - fromMillis) / (toMillis - fromMillis);
    return 1 + (factor - 1) * Math.max(0, Math.min(1, share));
  }
}
