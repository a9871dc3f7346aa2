package io.candlehub.hub.option;

/**
 * Where an exercise boundary is sampled in time to expiry: the Chebyshev points of the square root of time, between
 * which the squared logarithm of the boundary is interpolated, and the points of the integrals that determine it.
 *
 * <p>Source: Andersen, Lake, Offengenden, High Performance American Option Pricing (2016). All is in fractions of the
 * longest time, so one instance serves every option. Immutable.
 */
final class BoundaryNodes {
  static final int COUNT = 16;
  static final int POINTS = 24;
  static final BoundaryNodes INSTANCE = new BoundaryNodes();

  /** Time to expiry at node j, 1 at node 0, falling; at the node after the last, time 0, the value is zero. */
  final double[] time = new double[COUNT];

  /** The points of each integral. */
  final Quadrature rule = new Quadrature(POINTS);

  /** {@code shares[j][m]}: what each node adds to the value at point m of node j's integral. */
  final double[][][] shares = new double[COUNT][POINTS][];

  private BoundaryNodes() {
    for (int j = 0; j < COUNT; j++) {
      double root = (1 + Math.cos(Math.PI * j / COUNT)) / 2;
      time[j] = root * root;
      for (int m = 0; m < POINTS; m++) {
        shares[j][m] = shares(time[j] * (1 - rule.times[m]));
      }
    }
  }

  /** Returns what each node adds to the interpolated value at a time (barycentric form). */
  static double[] shares(double time) {
    double z = 2 * Math.sqrt(time) - 1;
    double[] shares = new double[COUNT];
    double sum = 0;
    for (int k = 0; k <= COUNT; k++) {
      double distance = z - Math.cos(Math.PI * k / COUNT);
      if (Math.abs(distance) < 1e-14) {
        double[] one = new double[COUNT];
        if (k < COUNT) {
          one[k] = 1;
        }
        return one;
      }
      double weight = (k % 2 == 0 ? 1 : -1) * (k == 0 || k == COUNT ? 0.5 : 1) / distance;
      sum += weight;
      if (k < COUNT) {
        shares[k] = weight;
      }
    }
    for (int k = 0; k < COUNT; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  static double dot(double[] shares, double[] values) {
    double sum = 0;
    for (int k = 0; k < COUNT; k++) {
      sum += shares[k] * values[k];
    }
    return sum;
  }
}
