package io.candlehub.hub.tape;

/**
 * Tells a trade's aggressor: the quote rule first, then, where the quote does not tell, the tick rule (Lee and Ready,
 * "Inferring Trade Direction from Intraday Data", Journal of Finance 46:2, 1991, without their delay of quotes, which was
 * for quotes recorded by hand). Pure.
 */
final class SideRule {
  /** Relative to prices of at most 1e9 with 8 decimals: less is noise of the sum of two decimals. */
  private static final double NOISE = 1e-12;

  private static final Verdict UNDECIDED = new Verdict(Side.NONE, SideBasis.NO_TICK);

  /** A side and by what it was told. */
  record Verdict(Side side, SideBasis basis) {}

  private SideRule() {}

  /** Returns the side of a trade by a quote from before it; with basis NO_TICK the quote does not tell. */
  static Verdict judge(double price, TopOfBook quote) {
    BookState state = quote.state();
    if (state == BookState.NO_QUOTE) {
      return new Verdict(Side.NONE, SideBasis.NO_QUOTE);
    }
    boolean atAsk = price >= quote.ask();
    boolean atBid = price <= quote.bid();
    if (atAsk != atBid) {
      boolean bothSides = state != BookState.NO_BID && state != BookState.NO_ASK;
      return new Verdict(
          atAsk ? Side.BUY : Side.SELL, bothSides ? SideBasis.TOUCH : SideBasis.ONE_SIDED);
    }
    return state == BookState.NORMAL ? inside(price, quote) : UNDECIDED;
  }

  private static Verdict inside(double price, TopOfBook quote) {
    double sum = quote.bid() + quote.ask();
    double off = 2 * price - sum;
    if (Math.abs(off) <= sum * NOISE) {
      return UNDECIDED;
    }
    return new Verdict(off > 0 ? Side.BUY : Side.SELL, SideBasis.INSIDE);
  }

  /**
   * Returns the side by the tick rule.
   *
   * @param price of the trade
   * @param before price of the trade before it, NaN if there is none
   * @param other last price before it that is another one, NaN if there is none
   */
  static Verdict tick(double price, double before, double other) {
    if (Double.isNaN(other)) {
      return UNDECIDED;
    }
    return new Verdict(
        price > other ? Side.BUY : Side.SELL,
        before == other ? SideBasis.TICK : SideBasis.ZERO_TICK);
  }
}
