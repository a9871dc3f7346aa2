package io.candlehub.hub.tape;

import io.candlehub.model.Instrument;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The last best bid and offer of an instrument with its last trade and the day's figures: what clients are shown, and
 * what a store keeps for after a restart. A number not known is NaN. Middle, spread and what is wrong with the quote are
 * told by {@link #book}.
 *
 * @param instrument whose quote
 * @param book best bid and offer, {@link TopOfBook#none} if none is known
 * @param last price of the last trade that sets the last price
 * @param lastAtMillis when it was traded, epoch millis; {@link Long#MIN_VALUE} if none is known
 * @param volume the day's volume so far
 * @param openInterest contracts open at the end of the day before
 * @param restored true if the book is from the store and nothing newer has come
 */
public record KeptQuote(
    Instrument instrument,
    TopOfBook book,
    double last,
    long lastAtMillis,
    double volume,
    double openInterest,
    boolean restored) {
  /** Checks presence. */
  public KeptQuote {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(book, "book");
  }

  /** Returns a quote of which nothing is known. */
  static KeptQuote unknown(Instrument instrument) {
    return new KeptQuote(
        instrument, TopOfBook.none(), Double.NaN, Long.MIN_VALUE, Double.NaN, Double.NaN, false);
  }

  /** Returns how old the book is at an instant of market time, or empty if there is none. */
  public OptionalLong bookAgeMillis(long nowMillis) {
    return book.at().equals(TopOfBook.none().at())
        ? OptionalLong.empty()
        : age(nowMillis, book.at().millis());
  }

  /** Returns how old the last trade is at an instant of market time, or empty if none is known. */
  public OptionalLong lastAgeMillis(long nowMillis) {
    return lastAtMillis == Long.MIN_VALUE ? OptionalLong.empty() : age(nowMillis, lastAtMillis);
  }

  /** A stamp ahead of our clock is new, not of negative age. */
  private static OptionalLong age(long nowMillis, long atMillis) {
    return OptionalLong.of(Math.max(0, nowMillis - atMillis));
  }

  KeptQuote withBook(TopOfBook newer) {
    return new KeptQuote(instrument, newer, last, lastAtMillis, volume, openInterest, false);
  }

  KeptQuote withLast(double price, long atMillis) {
    return new KeptQuote(instrument, book, price, atMillis, volume, openInterest, restored);
  }

  KeptQuote withDay(double dayVolume, double openContracts) {
    return new KeptQuote(instrument, book, last, lastAtMillis, dayVolume, openContracts, restored);
  }
}
