package io.candlehub.hub.tape;

import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * The last quote of one instrument, put together of what is streamed, what a provider was asked for and what a store
 * knew. What is streamed wins over what was asked for, and both over the store; what is older than what is held changes
 * nothing. The volume goes on with the stream or is withheld ({@link DayVolume}). Confined to the hub's event loop.
 */
public final class KeptQuote {
  private final Instrument instrument;
  private final SaleConditions conditions;
  private final boolean isOption;
  private final DayVolume volume;
  private TopOfBook book = TopOfBook.none();
  private double last = Double.NaN;
  private long lastAtMillis = Long.MIN_VALUE;
  private long barEndMillis = Long.MIN_VALUE;
  private double openInterest = Double.NaN;
  private double previousClose = Double.NaN;
  private long atMillis;
  private Origin sidesFrom = Origin.UNKNOWN;
  private Origin lastFrom = Origin.UNKNOWN;
  private boolean known;
  private boolean streamed;
  private boolean restored;
  private boolean answered;
  private boolean sidesTold;
  private boolean lastAsked;

  /** Creates a quote of which nothing is known. */
  public KeptQuote(Instrument instrument) {
    this.instrument = Objects.requireNonNull(instrument, "instrument");
    conditions = SaleConditions.documented(instrument.assetClass());
    isOption = instrument.assetClass() == AssetClass.OPTION;
    volume = new DayVolume(TradingCalendar.of(instrument));
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
    sidesTold = true;
    restored = false;
    volume.reach(newer.at().millis());
    streamed(newer.at().millis());
    return true;
  }

  /** Takes a trade; returns true if it sets the last price or adds to the volume. */
  public boolean onTrade(Print print) {
    long millis = print.at().millis();
    boolean counts =
        conditions.countsInVolume(print.conditions()) && volume.sale(millis, print.size());
    if (millis < lastAtMillis || !conditions.setsLast(print.conditions(), millis)) {
      return counts;
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
    volume.bar(bar.dayVolume(), end, bar.span() == AggregateEvent.Span.SECOND);
    streamed(end);
    return true;
  }

  /** A restored bid and offer must not look as new as the price that came now. */
  private void forgetRestoredSides() {
    if (restored) {
      restored = false;
      book = TopOfBook.none();
      sidesFrom = Origin.UNKNOWN;
      sidesTold = false;
    }
  }

  /**
   * Takes what a provider said when it was asked: it fills in what is not streamed. The former close of an option is the
   * provider's; of others it is only as good as long as none is known that is adjusted for splits.
   *
   * @param nowMillis market time at which it came
   * @return true if it changed something
   */
  public boolean onAnswer(MarketSnapshot told, long nowMillis) {
    Optional<Quote> before = quote();
    Origin origin = new Origin(told.source(), told.fallbackReason());
    boolean newer = !restored || told.atMillis() >= atMillis;
    lastAsked = true;
    if (!streamed && newer) {
      sides(told, origin);
      if (!Double.isNaN(told.last())) {
        last = told.last();
        lastFrom = origin;
      }
      restored = false;
      answered = true;
      known(told.atMillis());
    } else if (book.state() == BookState.NO_QUOTE && !sidesTold) {
      sides(told, origin);
    }
    if (Double.isNaN(last)) {
      last = told.last();
      lastFrom = origin;
    }
    volume.answer(told.volume(), told.atMillis(), nowMillis);
    openInterest = Double.isNaN(told.openInterest()) ? openInterest : told.openInterest();
    if (Double.isNaN(previousClose) || (isOption && !Double.isNaN(told.previousClose()))) {
      previousClose = told.previousClose();
    }
    return !quote().equals(before);
  }

  private void sides(MarketSnapshot told, Origin origin) {
    book = TopOfBook.undated(told.bid(), told.bidSize(), told.ask(), told.askSize());
    sidesFrom = origin;
    sidesTold = told.tellsSides();
  }

  /**
   * Says whether to ask for the day's volume, for nothing carries it on and something would.
   *
   * @param streaming what streams now and tells volume
   */
  public boolean asksVolume(VolumeCarrier streaming) {
    return volume.ask(streaming);
  }

  /** Takes note that something that tells volume does not stream, or did not for a while. */
  public void lost(VolumeCarrier what, long nowMillis) {
    volume.lost(what, nowMillis);
  }

  /** Takes the open interest as a provider tells it; returns true if it is another one. */
  public boolean openInterest(double contracts) {
    boolean isNew = !Double.isNaN(contracts) && contracts != openInterest;
    openInterest = isNew ? contracts : openInterest;
    return isNew;
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
      volume.known(stored.volume(), stored.atMillis());
    }
    return true;
  }

  /** Takes the quote as its former owner knew it last. */
  public void adopt(Quote quote) {
    show(quote);
    streamed = true;
    volume.known(quote.volume(), quote.atMillis());
    openInterest = quote.openInterest();
    previousClose = quote.previousClose();
  }

  private void show(Quote quote) {
    book = TopOfBook.undated(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize());
    last = quote.last();
    sidesFrom = quote.origin();
    lastFrom = quote.origin();
    sidesTold =
        book.state() != BookState.NO_QUOTE || quote.reasons().get("bid") == MissingReason.NO_QUOTE;
    lastAsked |= quote.reasons().get("last") == MissingReason.NO_TRADE;
    known(quote.atMillis());
  }

  /** Returns the quote with why values are missing, or empty if nothing is known. */
  public Optional<Quote> quote() {
    if (!known) {
      return Optional.empty();
    }
    Quote quote = new Quote(
        instrument,
        book.bid(),
        book.ask(),
        book.bidSize(),
        book.askSize(),
        last,
        volume.value(atMillis),
        openInterest,
        previousClose,
        atMillis,
        origin());
    return Optional.of(
        quote.because(QuoteReasons.of(quote, sidesTold, lastAsked, volume.isWithheld(atMillis))));
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
