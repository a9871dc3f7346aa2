package io.candlehub.hub.option;

import java.util.Arrays;

/**
 * The exercise boundaries of American puts with strike 1 under one interest rate and dividend yield, for every time up
 * to a longest one and every volatility of {@link VolatilityNodes}. Costs 10 to 40 ms to make, so it is made once per
 * pair of rates. Immutable.
 */
final class BoundaryTable {
  final double logTop;
  private final double maxYears;

  /** By volatility node and time node, squared. */
  private final double[][] squares = new double[VolatilityNodes.COUNT][];

  /** Solves all boundaries. */
  BoundaryTable(double rate, double yield, double maxYears) {
    this.maxYears = maxYears;
    logTop = BoundarySolver.logTop(rate, yield);
    BoundarySolver solver = new BoundarySolver(rate, yield, maxYears);
    for (int i = 0; i < VolatilityNodes.COUNT; i++) {
      double[] depths = solver.depths(VolatilityNodes.volatility(i));
      squares[i] = Arrays.stream(depths).map(depth -> depth * depth).toArray();
    }
  }

  /** Returns, per volatility node, the boundary's logarithm at a time to expiry, divided by the volatility. */
  double[] logBoundaries(double years) {
    double[] shares = BoundaryNodes.shares(years / maxYears);
    double[] values = new double[VolatilityNodes.COUNT];
    for (int i = 0; i < VolatilityNodes.COUNT; i++) {
      double depth = Math.sqrt(Math.max(0, BoundaryNodes.dot(shares, squares[i])));
      values[i] = -depth / VolatilityNodes.volatility(i);
    }
    return values;
  }
}
