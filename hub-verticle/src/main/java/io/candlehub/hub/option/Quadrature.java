package io.candlehub.hub.option;

/**
 * Quadrature over the time from 0 to 1 for integrands that behave like square roots at both ends: Gauss-Legendre in the
 * angle whose squared sine is the time.
 *
 * <p>Our own, because the pricing library's root finder gives up at 24 points.
 * Immutable.
 */
final class Quadrature {
  /** Where to look, ascending. */
  final double[] times;

  /** How much each place counts; they sum to 1. */
  final double[] weights;

  /** Creates the rule with a number of points. */
  Quadrature(int points) {
    times = new double[points];
    weights = new double[points];
    for (int i = 0; i < points; i++) {
      double x = -Math.cos(Math.PI * (i + 0.75) / (points + 0.5));
      double slope = 1;
      for (int round = 0; round < 8; round++) {
        double before = 1;
        double value = x;
        for (int k = 2; k <= points; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = points * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      double angle = Math.PI / 4 * (1 + x);
      times[i] = Math.sin(angle) * Math.sin(angle);
      weights[i] = Math.PI / 2 * Math.sin(2 * angle) / ((1 - x * x) * slope * slope);
    }
  }
}
