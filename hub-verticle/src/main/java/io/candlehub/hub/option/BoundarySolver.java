package io.candlehub.hub.option;

import java.util.Arrays;

/**
 * Solves for the exercise boundary of an American put with strike 1: the highest price of the underlying, by time to
 * expiry, at which exercising at once is worth as much as keeping.
 *
 * <p>Source: Andersen, Lake, Offengenden (2016). Their fixed point system A settles in about 20 rounds, but not where
 * the interest is large beside the volatility; there system B is taken, which always settles, slowly. Not safe for
 * several threads.
 */
final class BoundarySolver {
  private static final int QUICK_ROUNDS = 40;
  private static final int MAX_ROUNDS = 400;
  private static final double TOLERANCE = 1e-11;
  private static final BoundaryNodes NODES = BoundaryNodes.INSTANCE;

  private final double rate;
  private final double yield;
  private final double maxYears;
  private final double logTop;
  private final double[] squares = new double[BoundaryNodes.COUNT];

  /**
   * Creates a solver.
   *
   * @param rate interest rate, positive, continuous
   * @param yield dividend yield, continuous
   * @param maxYears the longest time to expiry
   */
  BoundarySolver(double rate, double yield, double maxYears) {
    this.rate = rate;
    this.yield = yield;
    this.maxYears = maxYears;
    logTop = logTop(rate, yield);
  }

  /** Returns the logarithm of the boundary just before expiry. */
  static double logTop(double rate, double yield) {
    return yield > rate ? Math.log(rate / yield) : 0;
  }

  /** Returns {@code log(top / boundary)} at each node of {@link BoundaryNodes} for one volatility. */
  double[] depths(double volatility) {
    double[] depths = guess(volatility);
    if (!settles(volatility, depths, true, QUICK_ROUNDS)) {
      depths = guess(volatility);
      settles(volatility, depths, false, MAX_ROUNDS);
    }
    return depths;
  }

  /** Begins with what diffusion reaches, but not below the boundary of an option that never expires. */
  private double[] guess(double volatility) {
    double lowest = Math.log1p(volatility * volatility / (2 * rate));
    double[] depths = new double[BoundaryNodes.COUNT];
    Arrays.setAll(depths, j -> Math.min(lowest, volatility * Math.sqrt(maxYears * NODES.time[j])));
    return depths;
  }

  private boolean settles(double volatility, double[] depths, boolean quick, int maxRounds) {
    for (int round = 0; round < maxRounds; round++) {
      Arrays.setAll(squares, j -> depths[j] * depths[j]);
      double change = 0;
      for (int j = 0; j < BoundaryNodes.COUNT; j++) {
        double next = Math.max(0, improved(volatility, j, depths[j], quick));
        change = Math.max(change, Math.abs(next - depths[j]));
        depths[j] = next;
      }
      if (Double.isNaN(change) || change < TOLERANCE) {
        return change < TOLERANCE;
      }
    }
    return false;
  }

  private double improved(double volatility, int j, double depth, boolean quick) {
    double years = maxYears * NODES.time[j];
    double drift = rate - yield;
    double spread = volatility * Math.sqrt(years);
    double plus = (logTop - depth + drift * years) / spread + spread / 2;
    double keep = quick ? Gaussian.pdf(plus - spread) / spread : Gaussian.cdf(plus - spread);
    double give = Gaussian.cdf(plus) + (quick ? Gaussian.pdf(plus) / spread : 0);
    for (int m = 0; m < BoundaryNodes.POINTS; m++) {
      double passed = years * NODES.rule.times[m];
      double later = Math.sqrt(Math.max(0, BoundaryNodes.dot(NODES.shares[j][m], squares)));
      double s = volatility * Math.sqrt(passed);
      double d = (later - depth + drift * passed) / s + s / 2;
      double length = NODES.rule.weights[m] * years;
      double keeping = quick ? Gaussian.pdf(d - s) / s : Gaussian.cdf(d - s);
      double giving = Gaussian.cdf(d) + (quick ? Gaussian.pdf(d) / s : 0);
      keep += length * rate * Math.exp(rate * (years - passed)) * keeping;
      give += length * yield * Math.exp(yield * (years - passed)) * giving;
    }
    return logTop - Math.log(keep / give) + drift * years;
  }
}
