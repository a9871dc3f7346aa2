package io.candlehub.hub.option;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import com.opengamma.strata.pricer.impl.option.BlackScholesFormulaRepository;
import io.candlehub.model.Greeks;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionRight;

/** Black, Scholes and Merton with a continuous dividend yield: options that can be exercised at expiry only. */
public final class EuropeanPricer implements ExpirationPricer {
  static final double DAYS_PER_YEAR = 365;
  static final double POINT = 0.01;

  /** Time value below this share of the spot is rounding. */
  private static final double NO_VALUE = 1e-13;

  private final double years;
  private final double rate;
  private final double yield;
  private final double discount;
  private final double growth;

  /**
   * Creates a pricer.
   *
   * @param years time to expiry, positive
   * @param rate interest rate, continuous
   * @param yield dividend yield, continuous
   */
  public EuropeanPricer(double years, double rate, double yield) {
    if (!(years > 0)) {
      throw new IllegalArgumentException("years " + years + " must be positive");
    }
    this.years = years;
    this.rate = rate;
    this.yield = yield;
    discount = Math.exp(-rate * years);
    growth = Math.exp((rate - yield) * years);
  }

  @Override
  public double price(OptionRight right, double spot, double strike, double volatility) {
    return discount
        * BlackFormulaRepository.price(
            spot * growth, strike, years, volatility, right == OptionRight.CALL);
  }

  @Override
  public Implied implied(OptionRight right, double spot, double strike, double price) {
    double forward = spot * growth;
    double undiscounted = price / discount;
    double timeValue = undiscounted - right.intrinsic(forward, strike);
    if (!(timeValue > NO_VALUE * spot)) {
      return new Implied.Missing(
          timeValue < -NO_VALUE * spot
              ? MissingReason.BELOW_INTRINSIC
              : MissingReason.NO_TIME_VALUE);
    }
    if (undiscounted >= (right == OptionRight.CALL ? forward : strike)) {
      return new Implied.Missing(MissingReason.ABOVE_BOUND);
    }
    double volatility = BlackFormulaRepository.impliedVolatility(
        undiscounted, forward, strike, years, right == OptionRight.CALL);
    return volatility > MAX_VOLATILITY
        ? new Implied.Missing(MissingReason.VOLATILITY_ABOVE_RANGE)
        : new Implied.Found(volatility);
  }

  @Override
  public Greeks greeks(OptionRight right, double spot, double strike, double volatility) {
    boolean call = right == OptionRight.CALL;
    double carry = rate - yield;
    return new Greeks(
        BlackScholesFormulaRepository.delta(spot, strike, years, volatility, rate, carry, call),
        BlackScholesFormulaRepository.gamma(spot, strike, years, volatility, rate, carry),
        BlackScholesFormulaRepository.theta(spot, strike, years, volatility, rate, carry, call)
            / DAYS_PER_YEAR,
        vega(spot, strike, volatility) * POINT,
        BlackScholesFormulaRepository.rho(spot, strike, years, volatility, rate, carry, call)
            * POINT);
  }

  /** Returns the sensitivity to volatility, for a whole unit of it. */
  double vega(double spot, double strike, double volatility) {
    return discount * BlackFormulaRepository.vega(spot * growth, strike, years, volatility);
  }
}
