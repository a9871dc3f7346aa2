package io.candlehub.hub.tape;

import io.candlehub.model.feed.QuoteEvent;
import java.util.Objects;
import java.util.OptionalDouble;

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
  private static final double PERCENT = 100;

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

  /** Returns the book of a feed's event, which tells millis and no number. */
  public static TopOfBook of(QuoteEvent quote) {
    return new TopOfBook(
        TapeStamp.ofMillis(quote.atMillis(), 0),
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

  /** Returns the middle of a normal or locked book; otherwise there is none, and {@link #state} says why. */
  public OptionalDouble mid() {
    BookState state = state();
    return state == BookState.NORMAL || state == BookState.LOCKED
        ? OptionalDouble.of((bid + ask) / 2)
        : OptionalDouble.empty();
  }

  /** Returns ask less bid, negative if crossed, or empty if a side is missing. */
  public OptionalDouble spread() {
    double spread = ask - bid;
    return Double.isNaN(spread) ? OptionalDouble.empty() : OptionalDouble.of(spread);
  }

  /** Returns the spread in percent of the middle, or empty if there is no middle. */
  public OptionalDouble spreadPercent() {
    OptionalDouble mid = mid();
    return mid.isPresent()
        ? OptionalDouble.of((ask - bid) / mid.getAsDouble() * PERCENT)
        : OptionalDouble.empty();
  }

  /** Returns true if prices and sizes equal those of another book. */
  public boolean sameQuote(TopOfBook other) {
    return Double.compare(bid, other.bid) == 0
        && Double.compare(bidSize, other.bidSize) == 0
        && Double.compare(ask, other.ask) == 0
        && Double.compare(askSize, other.askSize) == 0;
  }
}
