package io.candlehub.simulator.option;

/**
 * What an option's value depends on.
 *
 * @param call true for a call
 * @param american true if it may be exercised early
 * @param spot price of the underlying
 * @param strike strike
 * @param years time to expiry, actual days of 365
 * @param volatility volatility a year, a fraction of one
 * @param rate interest rate a year, continuous
 * @param yield dividend yield a year, continuous
 */
public record Terms(
    boolean call,
    boolean american,
    double spot,
    double strike,
    double years,
    double volatility,
    double rate,
    double yield) {
  Terms withSpot(double other) {
    return new Terms(call, american, other, strike, years, volatility, rate, yield);
  }

  Terms withYears(double other) {
    return new Terms(call, american, spot, strike, other, volatility, rate, yield);
  }

  Terms withVolatility(double other) {
    return new Terms(call, american, spot, strike, years, other, rate, yield);
  }

  Terms withRate(double other) {
    return new Terms(call, american, spot, strike, years, volatility, other, yield);
  }

  double intrinsic() {
    return Math.max(0, call ? spot - strike : strike - spot);
  }
}
