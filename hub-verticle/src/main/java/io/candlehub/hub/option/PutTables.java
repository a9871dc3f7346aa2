package io.candlehub.hub.option;

import java.util.Arrays;

/**
 * The boundaries of American puts with strike 1 under one rate and yield, and how they move with one of the two.
 *
 * @param rate interest rate, positive
 * @param yield dividend yield
 * @param shiftsYield true if the boundary's move with the yield is kept, false for the rate
 * @param step half the distance of the two neighbours
 * @param centre the boundaries
 * @param lower with the shifted one lower by the step
 * @param upper with the shifted one higher by the step
 */
record PutTables(
    double rate,
    double yield,
    boolean shiftsYield,
    double step,
    BoundaryTable centre,
    BoundaryTable lower,
    BoundaryTable upper) {
  private static final double MAX_STEP = 1e-3;

  /** Solves the tables; costs up to 100 ms. */
  static PutTables of(double rate, double yield, boolean shiftsYield, double maxYears) {
    double step = Math.min(MAX_STEP, (shiftsYield && yield > 0 ? yield : rate) / 4);
    double r = shiftsYield ? 0 : step;
    double q = shiftsYield ? step : 0;
    return new PutTables(
        rate,
        yield,
        shiftsYield,
        step,
        new BoundaryTable(rate, yield, maxYears),
        new BoundaryTable(rate - r, yield - q, maxYears),
        new BoundaryTable(rate + r, yield + q, maxYears));
  }

  /** Returns how the boundary's logarithm just before expiry moves with the rate or yield. */
  double topShift() {
    return (upper.logTop - lower.logTop) / (2 * step);
  }

  /** Returns the move by volatility node, divided by the volatility, at a time to expiry. */
  double[] shift(double years) {
    double[] above = upper.logBoundaries(years);
    double[] below = lower.logBoundaries(years);
    double[] moves = new double[above.length];
    Arrays.setAll(moves, i -> (above[i] - below[i]) / (2 * step));
    return moves;
  }
}
