package io.candlehub.simulator.synthetic;

/** The value of a contract at an instant. */
interface OptionPrice {
  /** Returns the value in dollars. */
  double at(long millis);
}
