package io.candlehub.hub.option;

import io.candlehub.model.Origin;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.QuoteEvent;

/**
 * Bid and offer of a contract and who told them. A price of 0 is nobody's bid or offer: it and its size are NaN.
 *
 * @param bid best bid
 * @param ask best offer
 * @param bidSize contracts at the bid
 * @param askSize contracts at the offer
 * @param atMillis market time at which they were known to hold, epoch millis
 * @param origin who told them, and what is beside them
 * @param live true if they come from a stream
 */
record Sides(
    double bid,
    double ask,
    double bidSize,
    double askSize,
    long atMillis,
    Origin origin,
    boolean live) {
  Sides {
    if (bid == 0 || Double.isNaN(bid)) {
      bid = Double.NaN;
      bidSize = Double.NaN;
    }
    if (ask == 0 || Double.isNaN(ask)) {
      ask = Double.NaN;
      askSize = Double.NaN;
    }
  }

  /** Returns what a snapshot says. */
  static Sides of(SnapshotLeg leg) {
    Origin origin = new Origin(leg.source(), leg.fallbackReason());
    return new Sides(
        leg.bid(), leg.ask(), leg.bidSize(), leg.askSize(), leg.atMillis(), origin, false);
  }

  /**
   * Returns what a stream says, after a snapshot that said nothing newer. The rest of a leg stays the snapshot's, so that
   * one whose two providers differ is of several.
   */
  static Sides of(QuoteEvent quote, Origin origin, SnapshotLeg leg) {
    return new Sides(
        quote.bid(),
        quote.ask(),
        quote.bidSize(),
        quote.askSize(),
        Math.max(quote.atMillis(), leg.atMillis()),
        new Origin(leg.source(), leg.fallbackReason()).with(origin),
        true);
  }
}
