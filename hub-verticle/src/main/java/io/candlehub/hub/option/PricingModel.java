package io.candlehub.hub.option;

import io.candlehub.model.OptionRight;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Values options on one underlying under one interest rate and dividend yield.
 *
 * <p>Making one solves the exercise boundaries of American options, which takes up to half a second: do it off the
 * event loop. Immutable; the pricers it gives are not.
 */
public final class PricingModel {
  /** The longest time to expiry there are values for. */
  public static final double MAX_YEARS = 20;

  /** The tables' longest times to expiry; short ones are closer sampled. */
  private static final double[] HORIZONS = {0.25, 4, MAX_YEARS};

  private final double rate;
  private final double yield;
  private final Map<OptionRight, List<PutTables>> tables = new EnumMap<>(OptionRight.class);

  /**
   * Creates a model.
   *
   * @param rate interest rate, continuous, 0 or more
   * @param yield dividend yield, continuous, 0 or more
   */
  public PricingModel(double rate, double yield) {
    if (!(rate >= 0 && yield >= 0)) {
      throw new IllegalArgumentException(
          "rate " + rate + ", yield " + yield + " must be 0 or more");
    }
    this.rate = rate;
    this.yield = yield;
    if (rate > 0) {
      tables.put(OptionRight.PUT, solve(rate, yield, false));
    }
    if (yield > 0) {
      tables.put(OptionRight.CALL, solve(yield, rate, true));
    }
  }

  /** Returns the interest rate, continuous. */
  public double rate() {
    return rate;
  }

  /** Returns the dividend yield, continuous. */
  public double dividendYield() {
    return yield;
  }

  private static List<PutTables> solve(double rate, double yield, boolean shiftsYield) {
    List<PutTables> solved = new ArrayList<>();
    for (double horizon : HORIZONS) {
      solved.add(PutTables.of(rate, yield, shiftsYield, horizon));
    }
    return List.copyOf(solved);
  }

  /**
   * Returns a pricer for options that can be exercised at expiry only.
   *
   * @param years time to expiry, positive
   */
  public ExpirationPricer european(double years) {
    return new EuropeanPricer(years, rate, yield);
  }

  /**
   * Returns a pricer for options that can be exercised at any time.
   *
   * @param years time to expiry, positive, at most {@link #MAX_YEARS}
   */
  public ExpirationPricer american(double years) {
    int horizon = 0;
    while (years > HORIZONS[horizon]) {
      horizon++;
    }
    Map<OptionRight, EarlyExercise> early = new EnumMap<>(OptionRight.class);
    for (Map.Entry<OptionRight, List<PutTables>> entry : tables.entrySet()) {
      early.put(entry.getKey(), new EarlyExercise(entry.getValue().get(horizon), years));
    }
    return new AmericanPricer(early, years, rate, yield);
  }
}
