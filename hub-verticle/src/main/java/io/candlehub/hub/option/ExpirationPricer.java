package io.candlehub.hub.option;

import io.candlehub.model.Greeks;
import io.candlehub.model.OptionRight;

/**
 * Values the options of one expiration at one instant, under one interest rate and dividend yield.
 *
 * <p>Prices are for one unit of the underlying. Confined to one thread.
 */
public sealed interface ExpirationPricer permits EuropeanPricer, AmericanPricer {
  /** The highest volatility that is given as implied, 300 %. */
  double MAX_VOLATILITY = 3;

  /**
   * Returns the value of an option.
   *
   * @param volatility 0.005 to 3.2
   */
  double price(OptionRight right, double spot, double strike, double volatility);

  /** Returns the volatility at which {@link #price} gives a price. */
  Implied implied(OptionRight right, double spot, double strike, double price);

  /** Returns the sensitivities of an option, in the units of {@link Greeks}. */
  Greeks greeks(OptionRight right, double spot, double strike, double volatility);
}
