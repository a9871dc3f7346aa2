package io.candlehub.simulator.synthetic;

/**
 * The implied volatility of one underlying by moneyness and time to expiry: smooth, with skew and smile, on a level that
 * moves slowly. Pure, safe anywhere.
 */
final class VolSurface {
  private static final double DAY = 86_400_000;
  private static final double SHORTEST_YEARS = 4.0 / 365;
  private static final double FAR = 6;

  private final long key;
  private final double base;

  VolSurface(long key, double base) {
    this.key = key;
    this.base = base;
  }

  /** Returns the level at an instant: the volatility at the money over a month. */
  double level(long millis) {
    double days = millis / DAY;
    double log = 0.16 * Noise.curve(Noise.key(key, 1), days / 9)
        + 0.05 * Noise.curve(Noise.key(key, 2), days * 3)
        + 0.012 * Noise.curve(Noise.key(key, 3), days * 96);
    return base * Math.exp(log);
  }

  /**
   * Returns the volatility of a strike.
   *
   * @param logMoneyness logarithm of strike by forward
   * @param years time to expiry
   * @param millis instant
   */
  double at(double logMoneyness, double years, long millis) {
    double level = level(millis);
    double atTheMoney = level * (1 + 0.08 * Math.tanh(3 * (years - 1.0 / 12)));
    double z = logMoneyness / (level * Math.sqrt(Math.max(years, SHORTEST_YEARS)));
    double capped = FAR * Math.tanh(z / FAR);
    double shape =
        1 - 0.14 * Math.tanh(capped / 2) + 0.07 * (Math.sqrt(1 + capped * capped / 4) - 1);
    return Math.max(0.03, atTheMoney * shape);
  }
}
