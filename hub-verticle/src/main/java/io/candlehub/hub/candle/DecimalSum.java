package io.candlehub.hub.candle;

/**
 * A sum of non-negative decimals that does not depend on their order: whole units and billionths of a unit, added as
 * integers.
 *
 * <p>Every addend is rounded to {@code 1e-9} once, far below what tapes print, so sizes such as 0.1 add up to the
 * decimal a reader expects. Beyond 9.2e18 the sum stays there.
 */
final class DecimalSum {
  private static final long PARTS = 1_000_000_000;

  /** Below it all parts of the sum fit a double. */
  private static final long MOST_EXACT = (1L << 53) / PARTS;

  /** From it on a double has no fraction. */
  private static final double WHOLE = 1L << 53;

  private long whole;
  private long parts;

  void add(double value) {
    long units = (long) value;
    long sum = whole + units;
    if (value < WHOLE) {
      parts += Math.round((value - units) * PARTS);
      sum += parts / PARTS;
      parts %= PARTS;
    }
    whole = sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Returns the sum. */
  double value() {
    return whole < MOST_EXACT
        ? (double) (whole * PARTS + parts) / PARTS
        : whole + (double) parts / PARTS;
  }
}
