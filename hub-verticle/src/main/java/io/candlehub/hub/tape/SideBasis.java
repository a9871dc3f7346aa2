package io.candlehub.hub.tape;

/**
 * By what a side was told, with its confidence of 0 to 100. The numbers are grades, not probabilities: on the one day of
 * an exchange's own aggressors that was at hand the quote rule at the touch was right 1,864 times of 1,864; with trades
 * inside the quote and tick rules published tests come to about 80 % (Ellis, Michaely, O'Hara, JFQA 35:4, 2000).
 */
public enum SideBasis {
  /** At or through a quoted price, and not so at the other side. */
  TOUCH(100),
  /** At or through the only side that is quoted. */
  ONE_SIDED(80),
  /** Between bid and ask, nearer to one of them. */
  INSIDE(60),
  /** In the middle, or where the quote does not tell, and above or below the price before. */
  TICK(40),
  /** As {@link #TICK}, at the same price as the trade before, by the last other price. */
  ZERO_TICK(30),
  /** In the middle, and no other price is known. */
  NO_TICK(0),
  /** No quote is known from before the trade. */
  NO_QUOTE(0),
  /** By its conditions nobody took the other's quote. */
  NO_AGGRESSOR(0);

  private final int confidence;

  SideBasis(int confidence) {
    this.confidence = confidence;
  }

  int confidence() {
    return confidence;
  }
}
