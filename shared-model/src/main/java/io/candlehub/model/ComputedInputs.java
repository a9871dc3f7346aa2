package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * From what the values of a leg that its provider does not send were computed.
 *
 * @param fields which: {@code iv}, {@code delta}, {@code gamma}, {@code theta}, {@code vega}, {@code rho}
 * @param style of exercise that was assumed
 * @param price of the option; NaN if the volatility is the provider's
 * @param spot price of the underlying
 * @param rate interest rate, continuous
 * @param dividendYield dividend yield, continuous
 * @param years time to expiry, years of 365 days
 * @param ageMillis age of the oldest price taken, at the time of computing
 */
public record ComputedInputs(
    List<String> fields,
    ExerciseStyle style,
    double price,
    double spot,
    double rate,
    double dividendYield,
    double years,
    long ageMillis) {
  /** Checks presence. */
  public ComputedInputs {
    fields = List.copyOf(fields);
    Objects.requireNonNull(style, "style");
  }
}
