package io.candlehub.hub.option;

import io.candlehub.model.MissingReason;

/** The volatility that explains an option's price, or why there is none. */
public sealed interface Implied {
  /**
   * A volatility.
   *
   * @param volatility per square root of a year, 0.2 is 20 %
   */
  record Found(double volatility) implements Implied {}

  /**
   * None.
   *
   * @param reason why
   */
  record Missing(MissingReason reason) implements Implied {}
}
