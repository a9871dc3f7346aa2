package io.candlehub.model;

import java.util.Optional;

/** The one rule for what five bar values must satisfy, whoever supplies them. */
public final class Ohlc {
  private Ohlc() {}

  /**
   * Returns why the values cannot be a bar, or empty if they can: finite, prices positive, volume not negative, high
   * and low around open and close.
   */
  public static Optional<Violation> problem(
      double open, double high, double low, double close, double volume) {
    double sum = open + high + low + close + volume;
    if (Double.isNaN(sum) || Double.isInfinite(sum)) {
      return Optional.of(Violation.NOT_FINITE);
    }
    if (open <= 0 || high <= 0 || low <= 0 || close <= 0) {
      return Optional.of(Violation.NOT_POSITIVE);
    }
    if (volume < 0) {
      return Optional.of(Violation.NEGATIVE_VOLUME);
    }
    if (high < Math.max(open, close)) {
      return Optional.of(Violation.HIGH_BELOW_PRICE);
    }
    return low > Math.min(open, close) ? Optional.of(Violation.LOW_ABOVE_PRICE) : Optional.empty();
  }
}
