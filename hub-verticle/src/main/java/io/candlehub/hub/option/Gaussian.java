package io.candlehub.hub.option;

import com.opengamma.strata.math.impl.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Gaussian {
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);
  private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

  private Gaussian() {}

  /** Returns the probability that a standard normal value is at most {@code x}. */
  static double cdf(double x) {
    return NORMAL.getCDF(x);
  }

  /** Returns the density of the standard normal distribution. */
  static double pdf(double x) {
    return DENSITY_AT_ZERO * Math.exp(-x * x / 2);
  }
}
