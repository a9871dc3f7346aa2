package io.candlehub.simulator.option;

/**
 * Sensitivities of an option's value.
 *
 * @param delta per dollar of the underlying
 * @param gamma delta per dollar of the underlying
 * @param theta per calendar day that passes
 * @param vega per percentage point of volatility
 * @param rho per percentage point of the interest rate
 */
public record Greeks(double delta, double gamma, double theta, double vega, double rho) {
  /** Greeks nobody knows. */
  public static final Greeks UNKNOWN =
      new Greeks(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
