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
import io.candlehub.model.quality.Assessment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The last quote of one instrument, put together of what is streamed, what a provider was asked for and what a store
 * knew. What is streamed wins over what was asked for, and both over the store; what is older than what is held changes
 * nothing. The volume goes on with the stream or is withheld ({@link DayVolume}), and so do bid and offer: what streams
 * is good until it changes, what was told once is withheld as soon as the rest is {@value Assessment#STALE_MILLIS} ms newer.
 * Confined to the hub's event loop.
 */
public final class KeptQuote {
  /** Some providers tell when something was quoted to the second. */
  private static final long COARSE_MILLIS = 1_000;

  private final Instrument instrument;
  private final SaleConditions conditions;
  private final boolean isOption;
  private final DayVolume volume;
  private TopOfBook book = TopOfBook.none();
  private double last = Double.NaN;
  private long lastAtMillis = Long.MIN_VALUE;
  private long lastToldMillis = Long.MIN_VALUE;
  private long barEndMillis = Long.MIN_VALUE;
  private double openInterest = Double.NaN;
  private double previousClose = Double.NaN;
  private long atMillis;
  private long sidesAtMillis = Long.MIN_VALUE;

  /** Until when bid and offer were good, if they do not stream. */
  private long goodUntilMillis = Long.MIN_VALUE;

  /** Market time of what told bid and offer, which may be newer than they. */
  private long sidesToldMillis = Long.MIN_VALUE;

  private Origin sidesFrom = Origin.UNKNOWN;
  private Origin lastFrom = Origin.UNKNOWN;
  private boolean known;
  private boolean streamed;
  private boolean restored;
  private boolean answered;

  /** Why there is no bid and no offer if there is none; not provided as long as nobody told. */
  private MissingReason whyNoSides = MissingReason.NOT_PROVIDED;

  private boolean lastAsked;
  private boolean sidesStream;
  private boolean sidesExpected;
  private boolean sidesOwed;
  private boolean pending;

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
    sides(newer, newer.at().millis(), origin, MissingReason.NO_QUOTE);
    sidesStream = true;
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
    restored = false;
    last = print.price();
    lastFrom = print.origin();
    lastAtMillis = millis;
    lastToldMillis = millis;
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
    restored = false;
    if (end >= lastAtMillis) {
      last = bar.close();
      lastFrom = origin;
      lastAtMillis = end;
      lastToldMillis = end;
    }
    volume.bar(bar.dayVolume(), end, bar.span() == AggregateEvent.Span.SECOND);
    streamed(end);
    return true;
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
    long at = told.atMillis() > 0 ? told.atMillis() : nowMillis;
    boolean first = !streamed && (!restored || told.atMillis() >= atMillis);
    lastAsked = true;
    sidesOwed = false;
    if (first || tellsNewerSides(told, at)) {
      sides(told, at, origin);
    }
    if (Double.isNaN(last) || (first && !Double.isNaN(told.last()))) {
      last = told.last();
      lastFrom = origin;
      long lastAt = told.lastAtMillis() > 0 ? told.lastAtMillis() : at;
      lastToldMillis = Double.isNaN(last) ? lastToldMillis : lastAt;
    }
    if (first) {
      restored = false;
      answered = true;
      known(told.atMillis());
    }
    volume.answer(told.volume(), told.atMillis(), nowMillis);
    openInterest = Double.isNaN(told.openInterest()) ? openInterest : told.openInterest();
    if (Double.isNaN(previousClose) || (isOption && !Double.isNaN(told.previousClose()))) {
      previousClose = told.previousClose();
    }
    return !quote().equals(before);
  }

  private boolean tellsNewerSides(MarketSnapshot told, long toldAtMillis) {
    long quotedAt = told.quotedAtMillis() > 0 ? told.quotedAtMillis() : toldAtMillis;
    long latest = quotedAt % COARSE_MILLIS == 0 ? quotedAt + COARSE_MILLIS - 1 : quotedAt;
    boolean isNewer = whyNoSides == MissingReason.NOT_STREAMED || latest >= sidesAtMillis;
    return !areSidesTold() || (!sidesStream && told.tellsSides() && isNewer);
  }

  private void sides(MarketSnapshot told, long toldAtMillis, Origin origin) {
    TopOfBook newer = TopOfBook.undated(told.bid(), told.bidSize(), told.ask(), told.askSize());
    MissingReason none = told.tellsSides() ? MissingReason.NO_QUOTE : MissingReason.NOT_PROVIDED;
    sides(newer, told.quotedAtMillis(), origin, none);
    sidesToldMillis = toldAtMillis;
    sidesStream = sidesExpected;
  }

  private void sides(TopOfBook newer, long quotedAtMillis, Origin origin, MissingReason none) {
    book = newer;
    sidesAtMillis = quotedAtMillis;
    goodUntilMillis = quotedAtMillis;
    sidesToldMillis = quotedAtMillis;
    sidesFrom = origin;
    whyNoSides = none;
  }

  private boolean areSidesTold() {
    return whyNoSides != MissingReason.NOT_PROVIDED;
  }

  /**
   * Says whether to ask for bid and offer, for they may have changed before they began to stream, or the former owner
   * withheld them.
   *
   * @param streaming whether they stream now
   */
  public boolean asksSides(boolean streaming) {
    sidesExpected = streaming && !sidesStream;
    return sidesOwed || (sidesExpected && areSidesTold());
  }

  /** Takes note that bid and offer do not stream any more, or did not for a while. */
  public void lostSides() {
    goodUntilMillis = sidesGoodUntilMillis();
    sidesStream = false;
    sidesExpected = false;
  }

  /** Returns until when bid and offer are known to be good: while they stream, to the newest that was heard. */
  public long sidesGoodUntilMillis() {
    return sidesStream ? Math.max(sidesAtMillis, atMillis) : goodUntilMillis;
  }

  /**
   * Returns market time at which bid and offer were quoted, or that there are none, 0 if that was not told; as long as nobody
   * told them the newest.
   */
  public long sidesAtMillis() {
    return areSidesTold() ? sidesAtMillis : atMillis;
  }

  /** Returns true if what bid and offer were was told, also that there are none, and nothing tells them any more. */
  public boolean areSidesLoose() {
    return !sidesStream && areSidesTold();
  }

  /** Returns market time of the last price, {@link Long#MIN_VALUE} if there is none. */
  public long lastToldMillis() {
    return lastToldMillis;
  }

  /** Takes note whether an answer of the provider is awaited, so that it has not said yet what is missing. */
  public void pending(boolean isAwaited) {
    pending = isAwaited;
  }

  /** Returns true if an answer of the provider is awaited. */
  public boolean isPending() {
    return pending;
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
      knownVolume(stored);
    }
    return true;
  }

  /**
   * Takes the quote as its former owner knew it last, who would have withheld bid and offer if they were too old.
   *
   * @param streaming whether bid and offer stream, so that they were good until then
   */
  public void adopt(Quote quote, boolean streaming) {
    show(quote);
    streamed = true;
    knownVolume(quote);
    openInterest = quote.openInterest();
    previousClose = quote.previousClose();
    goodUntilMillis = streaming && sidesAtMillis > 0 ? quote.atMillis() : sidesAtMillis;
    sidesToldMillis = quote.atMillis();
    sidesOwed = whyNoSides == MissingReason.NOT_STREAMED;
    pending = quote.reasons().containsValue(MissingReason.PENDING);
  }

  private void knownVolume(Quote quote) {
    boolean isWithheld = quote.reasons().get("volume") == MissingReason.NOT_STREAMED;
    volume.known(quote.volume(), quote.atMillis(), isWithheld);
  }

  private void show(Quote quote) {
    TopOfBook known = TopOfBook.undated(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize());
    boolean isSided = known.state() != BookState.NO_QUOTE;
    MissingReason none = switch (quote.reasons().getOrDefault("bid", MissingReason.NOT_PROVIDED)) {
      case NOT_STREAMED -> MissingReason.NOT_STREAMED;
      case NO_QUOTE -> MissingReason.NO_QUOTE;
      default -> MissingReason.NOT_PROVIDED;
    };
    sides(known, quote.sidesAtMillis(), quote.origin(), isSided ? MissingReason.NO_QUOTE : none);
    last = quote.last();
    lastToldMillis = Double.isNaN(last) ? Long.MIN_VALUE : quote.lastAtMillis();
    lastFrom = quote.origin();
    lastAsked |= quote.reasons().get("last") == MissingReason.NO_TRADE;
    known(quote.atMillis());
  }

  /** Returns the quote with why values are missing, or empty if nothing is known. */
  public Optional<Quote> quote() {
    long heldUntilMillis = Math.max(goodUntilMillis, sidesToldMillis);
    boolean withheld = areSidesLoose() && atMillis > heldUntilMillis + Assessment.STALE_MILLIS;
    return withheld ? quote(TopOfBook.none(), MissingReason.NOT_STREAMED) : book();
  }

  /** Returns the quote with bid and offer however old they are, or empty if nothing is known. */
  public Optional<Quote> book() {
    return quote(book, whyNoSides);
  }

  private Optional<Quote> quote(TopOfBook shown, MissingReason unsided) {
    if (!known) {
      return Optional.empty();
    }
    Quote quote = new Quote(
        instrument,
        shown.bid(),
        shown.ask(),
        shown.bidSize(),
        shown.askSize(),
        last,
        volume.value(atMillis),
        openInterest,
        previousClose,
        atMillis,
        sidesAtMillis,
        lastToldMillis,
        origin(shown),
        Map.of());
    MissingReason untraded = lastAsked ? MissingReason.NO_TRADE : MissingReason.NOT_PROVIDED;
    MissingReason uncounted =
        volume.isWithheld(atMillis) ? MissingReason.NOT_STREAMED : MissingReason.NOT_PROVIDED;
    Map<String, MissingReason> reasons = QuoteReasons.of(quote, unsided, untraded, uncounted);
    if (pending) {
      reasons.replaceAll(
          (field, why) -> why == MissingReason.NOT_PROVIDED ? MissingReason.PENDING : why);
    }
    return Optional.of(quote.because(reasons));
  }

  /** What is not there nobody told. */
  private Origin origin(TopOfBook shown) {
    boolean isSided = shown.state() != BookState.NO_QUOTE;
    if (Double.isNaN(last)) {
      return isSided ? sidesFrom : Origin.UNKNOWN;
    }
    return isSided ? sidesFrom.with(lastFrom) : lastFrom;
  }
}
