package io.candlehub.hub.option;

/**
 * Where exercise boundaries are sampled in volatility: Chebyshev points of its logarithm between the lowest and the
 * highest volatility that American options are valued at.
 */
final class VolatilityNodes {
  static final int COUNT = 24;
  static final double LOWEST = 0.005;
  static final double HIGHEST = 3.2;

  private static final double CENTRE = Math.log(LOWEST * HIGHEST) / 2;
  private static final double HALF_WIDTH = Math.log(HIGHEST / LOWEST) / 2;
  private static final double[][] COSINES = new double[COUNT][COUNT];

  static {
    for (int k = 0; k < COUNT; k++) {
      for (int i = 0; i < COUNT; i++) {
        COSINES[k][i] = Math.cos(Math.PI * k * (i + 0.5) / COUNT);
      }
    }
  }

  private VolatilityNodes() {}

  /** Returns the volatility of a node. */
  static double volatility(int node) {
    return Math.exp(CENTRE + HALF_WIDTH * COSINES[1][node]);
  }

  /** Returns the coefficients of the Chebyshev series through values at the nodes. */
  static double[] coefficients(double[] values) {
    double[] coefficients = new double[COUNT];
    for (int k = 0; k < COUNT; k++) {
      double sum = 0;
      for (int i = 0; i < COUNT; i++) {
        sum += values[i] * COSINES[k][i];
      }
      coefficients[k] = sum * (k == 0 ? 1 : 2) / COUNT;
    }
    return coefficients;
  }

  /**
   * Gives the Chebyshev polynomials at a volatility, and their slopes by volatility.
   *
   * @param values out
   * @param slopes out
   */
  static void polynomials(double volatility, double[] values, double[] slopes) {
    double x = (Math.log(volatility) - CENTRE) / HALF_WIDTH;
    double scale = 1 / (HALF_WIDTH * volatility);
    values[0] = 1;
    values[1] = x;
    slopes[0] = 0;
    slopes[1] = scale;
    for (int k = 2; k < COUNT; k++) {
      values[k] = 2 * x * values[k - 1] - values[k - 2];
      slopes[k] = 2 * scale * values[k - 1] + 2 * x * slopes[k - 1] - slopes[k - 2];
    }
  }

  static double dot(double[] coefficients, double[] polynomials) {
    double sum = 0;
    for (int k = 0; k < COUNT; k++) {
      sum += coefficients[k] * polynomials[k];
    }
    return sum;
  }
}
