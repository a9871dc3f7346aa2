package io.candlehub.model;

/** What is told of an instrument's bid, offer and trading. A value not known is NaN. */
public interface Quoted {
  /** Returns the best bid. */
  double bid();

  /** Returns the best offer. */
  double ask();

  /** Returns the size at the bid. */
  double bidSize();

  /** Returns the size at the offer. */
  double askSize();

  /** Returns the last price. */
  double last();

  /** Returns the day's volume. */
  double volume();

  /** Returns the contracts open, of an option. */
  double openInterest();

  /** Returns true if it says that somebody bids or offers, or that nobody does: then sizes are told without prices. */
  default boolean tellsSides() {
    return !(Double.isNaN(bid())
        && Double.isNaN(ask())
        && Double.isNaN(bidSize())
        && Double.isNaN(askSize()));
  }
}
