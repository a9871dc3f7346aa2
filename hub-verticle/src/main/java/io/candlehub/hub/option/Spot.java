package io.candlehub.hub.option;

/**
 * Price of an underlying: its last trade, else the middle of its quote.
 *
 * @param price NaN if not known
 * @param atMillis market time, epoch millis
 */
public record Spot(double price, long atMillis) {
  /** Not known. */
  public static final Spot UNKNOWN = new Spot(Double.NaN, 0);

  /** Returns true if there is a price. */
  public boolean isKnown() {
    return price > 0;
  }
}
