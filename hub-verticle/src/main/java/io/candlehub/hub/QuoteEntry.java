package io.candlehub.hub;

import io.candlehub.hub.tape.KeptQuote;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Promise;
import java.time.LocalDate;

/** An instrument's place on the board of quotes. Confined to the hub's event loop. */
final class QuoteEntry {
  /** All trade dates begin at a whole hour. */
  private static final long HOUR_MILLIS = 3_600_000;

  private final TradingCalendar calendar;
  final KeptQuote kept;

  /** Done when the provider has said what it knows, or could not say now. */
  final Promise<Void> answered = Promise.promise();

  private LocalDate askedDate = LocalDate.MIN;
  private LocalDate session = LocalDate.MIN;
  private long sessionHour = Long.MIN_VALUE;

  QuoteEntry(Instrument instrument) {
    calendar = TradingCalendar.of(instrument);
    kept = new KeptQuote(instrument);
  }

  /** Takes note that the provider is asked today; returns false if that was known. */
  boolean ask(long nowMillis) {
    LocalDate today = calendar.todayAt(nowMillis);
    boolean isNew = !today.equals(askedDate);
    askedDate = today;
    return isNew;
  }

  /** Returns true if a quote is of the market's present date. */
  boolean isOfToday(Quote quote, long nowMillis) {
    return calendar.todayAt(quote.atMillis()).equals(calendar.todayAt(nowMillis));
  }

  /**
   * Returns true if a quote's last price is surely of its date: bid and offer alone bring no volume, and an index has nothing
   * but its value.
   */
  static boolean isTraded(Quote quote) {
    return quote.instrument().assetClass() == AssetClass.INDEX || quote.volume() > 0;
  }

  /** Returns the trade date that the quote shows: that of its last price, and without one the market's. */
  LocalDate session(long nowMillis) {
    long told = kept.lastToldMillis();
    long at = told == Long.MIN_VALUE ? nowMillis : told;
    long hour = Math.floorDiv(at, HOUR_MILLIS);
    if (hour != sessionHour) {
      sessionHour = hour;
      session = calendar.atOrBefore(calendar.todayAt(at)).date();
    }
    return session;
  }
}
