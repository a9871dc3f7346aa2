package io.candlehub.hub.option;

import io.candlehub.model.Greeks;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionRight;
import java.util.Map;

/**
 * Options that can be exercised at any time: the European value and what the right to exercise early adds
 * (decision 24).
 *
 * <p>A call without dividends and a put without interest are never exercised early, so they are European.
 */
public final class AmericanPricer implements ExpirationPricer {
  private static final int MAX_STEPS = 60;

  /** A step this short leaves an error of its square. */
  private static final double LAST_STEP = 1e-7;

  /** Time value below this share of the strike is rounding. */
  private static final double EXACT = 1e-13;

  private final EuropeanPricer european;
  private final Map<OptionRight, EarlyExercise> early;
  private final double rate;
  private final double yield;

  /**
   * Creates a pricer.
   *
   * @param early the rights that are worth something
   */
  AmericanPricer(Map<OptionRight, EarlyExercise> early, double years, double rate, double yield) {
    this.early = early;
    this.rate = rate;
    this.yield = yield;
    european = new EuropeanPricer(years, rate, yield);
  }

  @Override
  public double price(OptionRight right, double spot, double strike, double volatility) {
    EarlyExercise extra = early.get(right);
    if (extra == null) {
      return european.price(right, spot, strike, volatility);
    }
    evaluate(extra, right, spot, strike, volatility, false);
    double exercise = right.intrinsic(spot, strike);
    return extra.exercised
        ? exercise
        : Math.max(
            exercise,
            european.price(right, spot, strike, volatility)
                + scale(right, spot, strike) * extra.value);
  }

  /** Calls are puts with spot and strike exchanged. */
  private static double scale(OptionRight right, double spot, double strike) {
    return right == OptionRight.PUT ? strike : spot;
  }

  private static void evaluate(
      EarlyExercise extra,
      OptionRight right,
      double spot,
      double strike,
      double volatility,
      boolean greeks) {
    double ratio = right == OptionRight.PUT ? spot / strike : strike / spot;
    extra.evaluate(Math.log(ratio), ratio, volatility, greeks);
  }

  @Override
  public Implied implied(OptionRight right, double spot, double strike, double price) {
    EarlyExercise extra = early.get(right);
    if (extra == null) {
      return european.implied(right, spot, strike, price);
    }
    double timeValue = price - right.intrinsic(spot, strike);
    if (!(timeValue > EXACT * strike)) {
      return new Implied.Missing(
          timeValue < -EXACT * strike
              ? MissingReason.BELOW_INTRINSIC
              : MissingReason.NO_TIME_VALUE);
    }
    if (price >= (right == OptionRight.CALL ? spot : strike)) {
      return new Implied.Missing(MissingReason.ABOVE_BOUND);
    }
    return european.implied(right, spot, strike, price) instanceof Implied.Found above
        ? solve(extra, right, spot, strike, price, above.volatility())
        : bounded(extra, right, spot, strike, price);
  }

  /** No European volatility explains the price, so the highest is not known to be enough. */
  private Implied bounded(
      EarlyExercise extra, OptionRight right, double spot, double strike, double price) {
    return price(right, spot, strike, MAX_VOLATILITY) < price
        ? new Implied.Missing(MissingReason.VOLATILITY_ABOVE_RANGE)
        : solve(extra, right, spot, strike, price, MAX_VOLATILITY);
  }

  /** Newton's steps from a volatility that is high enough, halving where a step leaves the bracket. */
  private Implied solve(
      EarlyExercise extra,
      OptionRight right,
      double spot,
      double strike,
      double price,
      double above) {
    double low = VolatilityNodes.LOWEST;
    double high = Math.max(low, above);
    double volatility = high;
    double scale = scale(right, spot, strike);
    for (int step = 0; step < MAX_STEPS && high > low; step++) {
      evaluate(extra, right, spot, strike, volatility, false);
      double value = extra.exercised
          ? right.intrinsic(spot, strike)
          : european.price(right, spot, strike, volatility) + scale * extra.value;
      double slope =
          extra.exercised ? 0 : european.vega(spot, strike, volatility) + scale * extra.vega;
      if (value > price) {
        high = volatility;
      } else {
        low = volatility;
      }
      double next = volatility - (value - price) / slope;
      if (Math.abs(next - volatility) < LAST_STEP) {
        return new Implied.Found(next);
      }
      volatility = next > low && next < high ? next : (low + high) / 2;
    }
    return new Implied.Missing(MissingReason.NO_TIME_VALUE);
  }

  @Override
  public Greeks greeks(OptionRight right, double spot, double strike, double volatility) {
    Greeks plain = european.greeks(right, spot, strike, volatility);
    EarlyExercise extra = early.get(right);
    if (extra == null) {
      return plain;
    }
    evaluate(extra, right, spot, strike, volatility, true);
    if (extra.exercised) {
      return new Greeks(right.sign(), 0, 0, 0, 0);
    }
    double ratio = strike / spot;
    boolean put = right == OptionRight.PUT;
    double delta = plain.delta() + (put ? extra.slope : extra.value - ratio * extra.slope);
    double gamma =
        plain.gamma() + (put ? extra.curvature / strike : ratio * ratio * extra.curvature / spot);
    double scale = scale(right, spot, strike);
    double value = european.price(right, spot, strike, volatility) + scale * extra.value;
    double decay = rate * value
        - (rate - yield) * spot * delta
        - volatility * volatility * spot * spot * gamma / 2;
    return new Greeks(
        delta,
        gamma,
        decay / EuropeanPricer.DAYS_PER_YEAR,
        plain.vega() + scale * extra.vega * EuropeanPricer.POINT,
        plain.rho() + scale * extra.rho * EuropeanPricer.POINT);
  }
}
