package io.candlehub.hub.tape;

import io.candlehub.model.feed.QuoteEvent;
import java.util.Objects;

/**
 * The best bid and offer at a time. A side is not quoted if its price is not a positive number: providers send 0, and
 * such a side has neither price nor size here (both NaN).
 *
 * @param at the provider's stamp
 * @param bid best bid price or NaN
 * @param bidSize size at the bid, in the provider's units, or NaN
 * @param ask best offer price or NaN
 * @param askSize size at the offer, in the provider's units, or NaN
 */
public record TopOfBook(TapeStamp at, double bid, double bidSize, double ask, double askSize) {
  private static final TopOfBook NONE = new TopOfBook(
      new TapeStamp(Long.MIN_VALUE, 0), Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Takes sides away that are not quoted. */
  public TopOfBook {
    Objects.requireNonNull(at, "at");
    if (!isPrice(bid)) {
      bid = Double.NaN;
      bidSize = Double.NaN;
    }
    if (!isPrice(ask)) {
      ask = Double.NaN;
      askSize = Double.NaN;
    }
  }

  private static boolean isPrice(double value) {
    return value > 0 && !Double.isInfinite(value);
  }

  /** Returns a book of which nothing is known, older than any other. */
  public static TopOfBook none() {
    return NONE;
  }

  /** Returns a book of which nobody knows when it was made, so that any other replaces it. */
  public static TopOfBook undated(double bid, double bidSize, double ask, double askSize) {
    return new TopOfBook(NONE.at, bid, bidSize, ask, askSize);
  }

  /** Returns the book of a feed's event. */
  public static TopOfBook of(QuoteEvent quote) {
    return new TopOfBook(
        new TapeStamp(quote.atNanos(), quote.sequence()),
        quote.bid(),
        quote.bidSize(),
        quote.ask(),
        quote.askSize());
  }

  /** Returns what the two sides look like together. */
  public BookState state() {
    if (Double.isNaN(bid)) {
      return Double.isNaN(ask) ? BookState.NO_QUOTE : BookState.NO_BID;
    }
    if (Double.isNaN(ask)) {
      return BookState.NO_ASK;
    }
    if (bid == ask) {
      return BookState.LOCKED;
    }
    return bid < ask ? BookState.NORMAL : BookState.CROSSED;
  }
}
