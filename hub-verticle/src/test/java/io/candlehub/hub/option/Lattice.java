package io.candlehub.hub.option;

import io.candlehub.model.OptionRight;

/** A fine binomial tree (Leisen and Reimer 1996) for American options, the judge of our approximation. */
final class Lattice {
  private static final int STEPS = 2_001;

  private Lattice() {}

  /** Returns the value of two trees, extrapolated as if their error fell with the number of steps. */
  static double price(
      OptionRight right,
      double spot,
      double strike,
      double volatility,
      double years,
      double rate,
      double yield) {
    double coarse = tree(right, spot, strike, volatility, years, rate, yield, STEPS);
    double fine = tree(right, spot, strike, volatility, years, rate, yield, 2 * STEPS - 1);
    return fine + (fine - coarse) * STEPS / (STEPS - 1);
  }

  private static double tree(
      OptionRight right,
      double spot,
      double strike,
      double volatility,
      double years,
      double rate,
      double yield,
      int steps) {
    double step = years / steps;
    double spread = volatility * Math.sqrt(years);
    double plus =
        (Math.log(spot / strike) + (rate - yield + volatility * volatility / 2) * years) / spread;
    double chance = peizerPratt(plus - spread, steps);
    double growth = Math.exp((rate - yield) * step);
    double up = growth * peizerPratt(plus, steps) / chance;
    double down = (growth - chance * up) / (1 - chance);
    double discount = Math.exp(-rate * step);
    double[] values = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      values[i] = right.intrinsic(spot * Math.pow(up, i) * Math.pow(down, steps - i), strike);
    }
    for (int k = steps - 1; k >= 0; k--) {
      double price = spot * Math.pow(down, k);
      for (int i = 0; i <= k; i++) {
        double kept = discount * (chance * values[i + 1] + (1 - chance) * values[i]);
        values[i] = Math.max(kept, right.sign() * (price - strike));
        price *= up / down;
      }
    }
    return values[0];
  }

  private static double peizerPratt(double z, int steps) {
    double a = z / (steps + 1.0 / 3 + 0.1 / (steps + 1));
    return 0.5 + Math.signum(z) * Math.sqrt(1 - Math.exp(-a * a * (steps + 1.0 / 6))) / 2;
  }
}
