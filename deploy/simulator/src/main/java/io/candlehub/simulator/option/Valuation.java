package io.candlehub.simulator.option;

/**
 * What a contract is worth to the market.
 *
 * @param terms what it was valued by
 * @param value its value
 * @param greeks sensitivities of its value
 * @param published true if the provider tells volatility and greeks
 */
public record Valuation(Terms terms, double value, Greeks greeks, boolean published) {
  /** Nothing is known. */
  public static final Valuation UNKNOWN = new Valuation(
      new Terms(
          false, false, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
      Double.NaN,
      Greeks.UNKNOWN,
      false);

  /** Returns true if it is known. */
  public boolean isKnown() {
    return !Double.isNaN(value);
  }
}
