package io.candlehub.model;

/**
 * How an option's value for one unit of the underlying moves. A value not known is NaN.
 *
 * @param delta for a move of the underlying by 1; calls 0 to 1, puts -1 to 0
 * @param gamma of delta, for a move of the underlying by 1
 * @param theta for a calendar day that passes; mostly negative
 * @param vega for a point of volatility, 0.20 to 0.21
 * @param rho for a point of interest, 5 % to 6 %
 */
public record Greeks(double delta, double gamma, double theta, double vega, double rho) {
  /** None of them known. */
  public static final Greeks NONE =
      new Greeks(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Returns true if none is known. */
  public boolean isEmpty() {
    return Double.isNaN(delta)
        && Double.isNaN(gamma)
        && Double.isNaN(theta)
        && Double.isNaN(vega)
        && Double.isNaN(rho);
  }
}
