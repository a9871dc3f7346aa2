package io.candlehub.hub.option;

/**
 * What the right to exercise early adds to a put with strike 1 at one time to expiry, as an integral along the exercise
 * boundary (Kim 1990), with its derivatives. Calls are puts with spot and strike, rate and yield exchanged.
 *
 * <p>Confined to one thread: {@link #evaluate} leaves its results in the fields.
 */
final class EarlyExercise {
  /** Points of the integral. */
  private static final Quadrature RULE = new Quadrature(16);

  private static final int POINTS = RULE.weights.length;

  double value;
  double slope;
  double curvature;
  double vega;
  /** By the rate or by the yield, whichever the boundary's shift is for. */
  double rho;

  /** True if the spot is at or below the boundary: the option is worth what exercising gives. */
  boolean exercised;

  private final double logTop;
  private final double topShift;
  private final boolean shiftsYield;
  private final double[] passed = new double[POINTS];
  private final double[] root = new double[POINTS];
  private final double[] keeps = new double[POINTS];
  private final double[] gives = new double[POINTS];
  private final double[] keepShift = new double[POINTS];
  private final double[] drift = new double[POINTS];
  private final double[][] boundary = new double[POINTS + 1][];
  private final double[][] boundaryShift = new double[POINTS][];
  private final double[] polynomials = new double[VolatilityNodes.COUNT];
  private final double[] polynomialSlopes = new double[VolatilityNodes.COUNT];

  /** Prepares one time to expiry. */
  EarlyExercise(PutTables tables, double years) {
    double rate = tables.rate();
    double yield = tables.yield();
    logTop = tables.centre().logTop;
    topShift = tables.topShift();
    shiftsYield = tables.shiftsYield();
    for (int m = 0; m < POINTS; m++) {
      double t = years * RULE.times[m];
      double length = years * RULE.weights[m];
      passed[m] = t;
      root[m] = Math.sqrt(t);
      drift[m] = (rate - yield) * t;
      keeps[m] = length * rate * Math.exp(-rate * t);
      gives[m] = length * yield * Math.exp(-yield * t);
      keepShift[m] = shiftsYield
          ? length * (1 - yield * t) * Math.exp(-yield * t)
          : length * (1 - rate * t) * Math.exp(-rate * t);
      boundary[m] = VolatilityNodes.coefficients(tables.centre().logBoundaries(years - t));
      boundaryShift[m] = VolatilityNodes.coefficients(tables.shift(years - t));
    }
    boundary[POINTS] = VolatilityNodes.coefficients(tables.centre().logBoundaries(years));
  }

  /**
   * Values the right at a volatility.
   *
   * @param logSpot logarithm of spot over strike
   * @param spot spot over strike
   * @param greeks false if only {@link #value} and {@link #vega} are wanted
   */
  void evaluate(double logSpot, double spot, double volatility, boolean greeks) {
    VolatilityNodes.polynomials(volatility, polynomials, polynomialSlopes);
    double now = logTop + volatility * VolatilityNodes.dot(boundary[POINTS], polynomials);
    exercised = logSpot <= now;
    value = 0;
    slope = 0;
    curvature = 0;
    vega = 0;
    rho = 0;
    if (!exercised) {
      for (int m = 0; m < POINTS; m++) {
        add(m, logSpot, spot, volatility, greeks);
      }
    }
  }

  private void add(int m, double logSpot, double spot, double volatility, boolean greeks) {
    double scaled = VolatilityNodes.dot(boundary[m], polynomials);
    double scaledSlope = VolatilityNodes.dot(boundary[m], polynomialSlopes);
    double s = volatility * root[m];
    double plus = (logSpot - logTop - volatility * scaled + drift[m]) / s + s / 2;
    double minus = plus - s;
    double keep = keeps[m];
    double give = gives[m] * spot;
    double keepDensity = keep * Gaussian.pdf(minus);
    double giveDensity = give == 0 ? 0 : give * Gaussian.pdf(plus);
    double keepChance = Gaussian.cdf(-minus);
    double giveChance = give == 0 && !shiftsYield ? 0 : Gaussian.cdf(-plus);
    double net = (giveDensity - keepDensity) / s;
    value += keep * keepChance - give * giveChance;
    vega += keepDensity * plus / volatility
        - giveDensity * minus / volatility
        - net * (scaled + volatility * scaledSlope);
    if (greeks) {
      slope += net / spot - gives[m] * giveChance;
      curvature +=
          (keepDensity * (1 + minus / s) + giveDensity * (1 - plus / s)) / (s * spot * spot);
      double shift = topShift + volatility * VolatilityNodes.dot(boundaryShift[m], polynomials);
      rho += shiftsYield
          ? -keepShift[m] * spot * giveChance - net * (passed[m] + shift)
          : keepShift[m] * keepChance + net * (passed[m] - shift);
    }
  }
}
