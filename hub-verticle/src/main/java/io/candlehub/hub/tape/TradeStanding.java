package io.candlehub.hub.tape;

/** What a trade's conditions leave of it for questions of order flow, from most to least. */
public enum TradeStanding {
  /** Priced against the quote of its moment. */
  REGULAR,
  /** One leg or side of a negotiated or combined trade: its price belongs to the whole, not to the quote. */
  PACKAGE,
  /** Done, but not against the quote of its moment: auctions, average prices, late or out-of-sequence reports. */
  NO_SIDE,
  /** Cancelled, or the repetition of another print: it did not happen. */
  VOID
}
