package io.candlehub.model;

/** What is told of a contract. A value not known is NaN. */
public interface Leg extends Quoted {
  /** Returns which contract. */
  OptionContract contract();

  /** Returns the implied volatility, 0.2 is 20 %. */
  double volatility();

  /** Returns the sensitivities. */
  Greeks greeks();
}
