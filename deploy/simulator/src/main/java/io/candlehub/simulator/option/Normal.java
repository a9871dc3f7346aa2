package io.candlehub.simulator.option;

/** The normal distribution. Pure. */
final class Normal {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  static double density(double x) {
    return Math.exp(-x * x / 2) / ROOT_TWO_PI;
  }

  /**
   * Returns the probability below a value, to about 1e-15: the rational approximation of Hart (1968) as given by West,
   * "Better approximations to cumulative normal functions" (2005).
   */
  static double below(double x) {
    double z = Math.abs(x);
    double tail;
    if (z > 37) {
      tail = 0;
    } else {
      double e = Math.exp(-z * z / 2);
      if (z < 7.07106781186547) {
        double up = 3.52624965998911e-2 * z + 0.700383064443688;
        up = up * z + 6.37396220353165;
        up = up * z + 33.912866078383;
        up = up * z + 112.079291497871;
        up = up * z + 221.213596169931;
        up = up * z + 220.206867912376;
        double down = 8.83883476483184e-2 * z + 1.75566716318264;
        down = down * z + 16.064177579207;
        down = down * z + 86.7807322029461;
        down = down * z + 296.564248779674;
        down = down * z + 637.333633378831;
        down = down * z + 793.826512519948;
        down = down * z + 440.413735824752;
        tail = e * up / down;
      } else {
        double f = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
        tail = e / f / 2.506628274631;
      }
    }
    return x > 0 ? 1 - tail : tail;
  }
}
