package io.candlehub.simulator.option;

/**
 * Values options: Black, Scholes and Merton with continuous dividends, plus, where exercise is American, the premium of
 * early exercise.
 *
 * <p>The premium is the difference of an American and a European lattice of the same shape (Leisen and Reimer, "Binomial
 * models for option valuation", 1996), so that the lattice's own error cancels. Greeks are those of Black, Scholes and
 * Merton plus differences of the premium, so value and greeks belong together. Pure, some microseconds.
 */
public final class Pricing {
  private static final int STEPS = 51;
  private static final double SHORTEST_YEARS = 1.0 / (365 * 24 * 60);
  private static final double DAYS = 365;

  private Pricing() {}

  /** Returns an option's value. */
  public static double value(Terms terms) {
    if (terms.years() < SHORTEST_YEARS) {
      return terms.intrinsic();
    }
    double value = european(terms) + premium(terms);
    return terms.american() ? Math.max(value, terms.intrinsic()) : value;
  }

  private static double european(Terms t) {
    double root = t.volatility() * Math.sqrt(t.years());
    double d1 = d1(t, root);
    double d2 = d1 - root;
    double spot = t.spot() * Math.exp(-t.yield() * t.years());
    double strike = t.strike() * Math.exp(-t.rate() * t.years());
    return t.call()
        ? spot * Normal.below(d1) - strike * Normal.below(d2)
        : strike * Normal.below(-d2) - spot * Normal.below(-d1);
  }

  private static double d1(Terms t, double root) {
    return (Math.log(t.spot() / t.strike()) + (t.rate() - t.yield()) * t.years()) / root + root / 2;
  }

  /** Returns an option's greeks; all zero but delta once it has expired. */
  public static Greeks greeks(Terms t) {
    if (t.years() < SHORTEST_YEARS) {
      double sign = t.call() ? 1 : -1;
      return new Greeks(t.intrinsic() > 0 ? sign : 0, 0, 0, 0, 0);
    }
    Greeks plain = europeanGreeks(t);
    return earlyExercise(t) ? withPremium(t, plain) : plain;
  }

  private static Greeks europeanGreeks(Terms t) {
    double root = t.volatility() * Math.sqrt(t.years());
    double d1 = d1(t, root);
    double d2 = d1 - root;
    double grown = Math.exp(-t.yield() * t.years());
    double discounted = t.strike() * Math.exp(-t.rate() * t.years());
    double sign = t.call() ? 1 : -1;
    double delta = sign * grown * Normal.below(sign * d1);
    double gamma = grown * Normal.density(d1) / (t.spot() * root);
    double vega = t.spot() * grown * Normal.density(d1) * Math.sqrt(t.years());
    double perYear =
        -t.spot() * grown * Normal.density(d1) * t.volatility() / (2 * Math.sqrt(t.years()))
            - sign * t.rate() * discounted * Normal.below(sign * d2)
            + sign * t.yield() * t.spot() * grown * Normal.below(sign * d1);
    double rho = sign * discounted * t.years() * Normal.below(sign * d2);
    return new Greeks(delta, gamma, perYear / DAYS, vega / 100, rho / 100);
  }

  /** The lattice is not quite smooth, so that differences may leave the range that a greek has. */
  private static Greeks withPremium(Terms t, Greeks plain) {
    double here = premium(t);
    double step = t.spot() * Math.min(0.01, 0.25 * t.volatility() * Math.sqrt(t.years()));
    double up = premium(t.withSpot(t.spot() + step));
    double down = premium(t.withSpot(t.spot() - step));
    double later = Math.min(t.years() / 2, 0.5 / DAYS);
    double theta = (premium(t.withYears(t.years() - later)) - here) / (later * DAYS);
    double vega = (premium(t.withVolatility(t.volatility() + 0.005))
        - premium(t.withVolatility(Math.max(0.001, t.volatility() - 0.005))));
    double rho = (premium(t.withRate(t.rate() + 0.005)) - premium(t.withRate(t.rate() - 0.005)));
    double sign = t.call() ? 1 : -1;
    double delta = sign * (plain.delta() + (up - down) / (2 * step));
    return new Greeks(
        sign * Math.max(0, Math.min(1, delta)),
        Math.max(0, plain.gamma() + (up - 2 * here + down) / (step * step)),
        plain.theta() + theta,
        Math.max(0, plain.vega() + vega),
        plain.rho() + rho);
  }

  private static boolean earlyExercise(Terms t) {
    return t.american() && (t.call() ? t.yield() > 0 : t.rate() > 0);
  }

  private static double premium(Terms t) {
    if (!earlyExercise(t)) {
      return 0;
    }
    double root = t.volatility() * Math.sqrt(t.years());
    double d1 = d1(t, root);
    double out = t.call() ? -d1 : d1;
    if (out > 6) {
      return 0;
    }
    if (out < -6) {
      return Math.max(0, t.intrinsic() - european(t));
    }
    return lattice(t, d1, d1 - root);
  }

  private static double lattice(Terms t, double d1, double d2) {
    double dt = t.years() / STEPS;
    double growth = Math.exp((t.rate() - t.yield()) * dt);
    double discount = Math.exp(-t.rate() * dt);
    double p = invert(d2);
    double up = growth * invert(d1) / p;
    double down = (growth - p * up) / (1 - p);
    double[] american = new double[STEPS + 1];
    double[] european = new double[STEPS + 1];
    double ratio = up / down;
    double sign = t.call() ? 1 : -1;
    double lowest = t.spot() * Math.pow(down, STEPS);
    double price = lowest;
    for (int i = 0; i <= STEPS; i++) {
      american[i] = Math.max(0, sign * (price - t.strike()));
      european[i] = american[i];
      price *= ratio;
    }
    double rise = discount * p;
    double fall = discount * (1 - p);
    for (int step = STEPS - 1; step >= 0; step--) {
      lowest /= down;
      price = lowest;
      for (int i = 0; i <= step; i++) {
        european[i] = rise * european[i + 1] + fall * european[i];
        double held = rise * american[i + 1] + fall * american[i];
        american[i] = Math.max(held, sign * (price - t.strike()));
        price *= ratio;
      }
    }
    return american[0] - european[0];
  }

  /** The inversion of Peizer and Pratt, method 2. */
  private static double invert(double z) {
    double x = z / (STEPS + 1.0 / 3 + 0.1 / (STEPS + 1));
    double part = 0.25 - 0.25 * Math.exp(-x * x * (STEPS + 1.0 / 6));
    return 0.5 + Math.signum(z) * Math.sqrt(part);
  }
}
