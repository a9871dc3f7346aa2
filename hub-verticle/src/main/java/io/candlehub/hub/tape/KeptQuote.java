package io.candlehub.hub.tape;

import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.feed.AggregateEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * The last quote of one instrument, put together of what is streamed, what a provider was asked for and what a store
 * knew. What is streamed wins over what was asked for, and both over the store; what is older than what is held changes
 * nothing. Confined to the hub's event loop.
 */
public final class KeptQuote {
  private final Instrument instrument;
  private final SaleConditions conditions;
  private final boolean isOption;
  private TopOfBook book = TopOfBook.none();
  private double last = Double.NaN;
  private long lastAtMillis = Long.MIN_VALUE;
  private long barEndMillis = Long.MIN_VALUE;
  private double volume = Double.NaN;
  private double openInterest = Double.NaN;
  private double previousClose = Double.NaN;
  private long atMillis;
  private Origin sidesFrom = Origin.UNKNOWN;
  private Origin lastFrom = Origin.UNKNOWN;
  private boolean known;
  private boolean streamed;
  private boolean restored;
  private boolean answered;

  /** Creates a quote of which nothing is known. */
  public KeptQuote(Instrument instrument) {
    this.instrument = Objects.requireNonNull(instrument, "instrument");
    conditions = SaleConditions.documented(instrument.assetClass());
    isOption = instrument.assetClass() == AssetClass.OPTION;
  }

  private void known(long millis) {
    known = true;
    atMillis = Math.max(atMillis, millis);
  }

  private void streamed(long millis) {
    streamed = true;
    known(millis);
  }

  /** Takes a best bid and offer; returns false if it is older than the one held. */
  public boolean onQuote(TopOfBook newer, Origin origin) {
    if (newer.at().compareTo(book.at()) < 0) {
      return false;
    }
    book = newer;
    sidesFrom = origin;
    restored = false;
    streamed(newer.at().millis());
    return true;
  }

  /** Takes a trade; returns true if it sets the last price. */
  public boolean onTrade(Print print) {
    long millis = print.at().millis();
    if (millis < lastAtMillis || !conditions.setsLast(print.conditions(), millis)) {
      return false;
    }
    forgetRestoredSides();
    last = print.price();
    lastFrom = print.origin();
    lastAtMillis = millis;
    streamed(millis);
    return true;
  }

  /**
   * Takes the last price and the day's volume of a streamed bar; returns false if it is older than one before.
   *
   * @param nowMillis market time, before which the bar's price was made
   */
  public boolean onBar(AggregateEvent bar, long nowMillis, Origin origin) {
    if (bar.endMillis() < barEndMillis) {
      return false;
    }
    long end = Math.min(bar.endMillis(), nowMillis);
    barEndMillis = bar.endMillis();
    forgetRestoredSides();
    if (end >= lastAtMillis) {
      last = bar.close();
      lastFrom = origin;
      lastAtMillis = end;
    }
    if (!Double.isNaN(bar.dayVolume())) {
      volume = bar.dayVolume();
    }
    streamed(end);
    return true;
  }

  /** A restored bid and offer must not look as new as the price that came now. */
  private void forgetRestoredSides() {
    if (restored) {
      restored = false;
      book = TopOfBook.none();
      sidesFrom = Origin.UNKNOWN;
    }
  }

  /**
   * Takes what a provider said when it was asked: it fills in what is not streamed. The former close of an option is the
   * provider's; of others it is only as good as long as none is known that is adjusted for splits.
   *
   * @return true if it changed something
   */
  public boolean onAnswer(MarketSnapshot told) {
    Optional<Quote> before = quote();
    Origin origin = new Origin(told.source(), told.fallbackReason());
    boolean newer = !restored || told.atMillis() >= atMillis;
    if (!streamed && newer) {
      book = unstamped(told.bid(), told.bidSize(), told.ask(), told.askSize());
      sidesFrom = origin;
      if (!Double.isNaN(told.last())) {
        last = told.last();
        lastFrom = origin;
      }
      volume = Double.isNaN(told.volume()) ? volume : told.volume();
      restored = false;
      answered = true;
      known(told.atMillis());
    } else if (book.state() == BookState.NO_QUOTE) {
      book = unstamped(told.bid(), told.bidSize(), told.ask(), told.askSize());
      sidesFrom = origin;
    }
    if (Double.isNaN(last)) {
      last = told.last();
      lastFrom = origin;
    }
    volume = Double.isNaN(volume) ? told.volume() : volume;
    openInterest = Double.isNaN(told.openInterest()) ? openInterest : told.openInterest();
    if (Double.isNaN(previousClose) || (isOption && !Double.isNaN(told.previousClose()))) {
      previousClose = told.previousClose();
    }
    return !quote().equals(before);
  }

  /** Takes the open interest as a provider tells it. */
  public void openInterest(double contracts) {
    openInterest = Double.isNaN(contracts) ? openInterest : contracts;
  }

  /** Takes the former session's close. */
  public void previousClose(double price, long millis) {
    previousClose = price;
    known(millis);
  }

  /**
   * Takes what a store knew, if nothing has been heard since. Its time says how old it is.
   *
   * @param today true if it is of the present trade date, of which the volume is
   * @return true if it changed something
   */
  public boolean restore(Quote stored, boolean today) {
    if (today && Double.isNaN(openInterest)) {
      openInterest = stored.openInterest();
    }
    if (streamed || answered) {
      return false;
    }
    restored = true;
    show(stored);
    if (today) {
      volume = stored.volume();
    }
    return true;
  }

  /** Takes the quote as its former owner knew it last. */
  public void adopt(Quote quote) {
    show(quote);
    streamed = true;
    volume = quote.volume();
    openInterest = quote.openInterest();
    previousClose = quote.previousClose();
  }

  private void show(Quote quote) {
    book = unstamped(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize());
    last = quote.last();
    sidesFrom = quote.origin();
    lastFrom = quote.origin();
    known(quote.atMillis());
  }

  /** When two sides were made that were not streamed here is not known, so whatever is streamed replaces them. */
  private static TopOfBook unstamped(double bid, double bidSize, double ask, double askSize) {
    return new TopOfBook(TopOfBook.none().at(), bid, bidSize, ask, askSize);
  }

  /** Returns the quote, or empty if nothing is known. */
  public Optional<Quote> quote() {
    return known
        ? Optional.of(new Quote(
            instrument,
            book.bid(),
            book.ask(),
            book.bidSize(),
            book.askSize(),
            last,
            volume,
            openInterest,
            previousClose,
            atMillis,
            origin()))
        : Optional.empty();
  }

  /** What is not there nobody told. */
  private Origin origin() {
    boolean isSided = book.state() != BookState.NO_QUOTE;
    if (Double.isNaN(last)) {
      return isSided ? sidesFrom : Origin.UNKNOWN;
    }
    return isSided ? sidesFrom.with(lastFrom) : lastFrom;
  }
}
