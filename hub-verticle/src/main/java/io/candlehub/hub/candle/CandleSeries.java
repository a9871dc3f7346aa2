package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.TradeEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The candle state machine of one instrument (architecture §5): minute bars of the last session and today, what is
 * known about minutes without bars, and all roll-ups, under one rising position.
 *
 * <p>A minute is a fold over its streamed seconds until a streamed minute bar or an answer of the provider's history
 * confirms it. Nothing is finalised by the clock and no bar is invented. All times are market time less the feed's
 * delay. Values are raw; readings are adjusted for splits. Confined to the hub's event loop.
 */
public final class CandleSeries {
  private static final long MINUTE = DaySlots.MINUTE;

  private final long confirmDelayMillis;
  private final MinuteBook book;
  private final MinuteRing ring;
  private final Sight sight;
  private final StreamedMinutes streamed;
  private final StatedMinutes stated;
  private Optional<TradeBuilt> tradeBuilt = Optional.empty();
  private Optional<SecondBars> seconds = Optional.empty();
  private String epoch;
  private long floorSeq;

  /**
   * Creates the series of an instrument that nothing is known about.
   *
   * @param calendar the exchange's calendar
   * @param confirmDelayMillis how long after a minute's end an answer of the history is trusted
   * @param epoch the continuity's name, opaque and never used before
   * @param nowMillis market time less the feed's delay
   */
  public CandleSeries(
      TradingCalendar calendar, long confirmDelayMillis, String epoch, long nowMillis) {
    this(calendar, confirmDelayMillis);
    this.epoch = epoch;
    onClock(nowMillis);
  }

  /** Creates an empty copy, which has to take a full delta of a series before anything else. */
  CandleSeries(TradingCalendar calendar, long confirmDelayMillis) {
    this.confirmDelayMillis = confirmDelayMillis;
    epoch = "";
    book = new MinuteBook(calendar);
    ring = book.ring();
    sight = new Sight(book, confirmDelayMillis);
    streamed = new StreamedMinutes(book, sight);
    stated = new StatedMinutes(book, sight, confirmDelayMillis);
  }

  /** Returns what changed after a position, everything if it is negative, for a {@link SeriesCopy} elsewhere. */
  public byte[] delta(long sinceSeq) {
    book.freshen();
    SeriesDelta.Head head =
        new SeriesDelta.Head(sinceSeq, book.seq(), epoch, book.nowMillis(), floorSeq);
    return SeriesDelta.write(head, book, sight);
  }

  /** Returns a number that rises with everything a delta would tell. */
  public long stamp() {
    return seq() + sight.changes();
  }

  /** Lets minutes before an instant count as not completely seen, after a {@link SeriesCopy#takeOver}. */
  public void wholeFrom(long millis) {
    sight.takenOver(millis);
  }

  /** Takes a delta of the series this one is a copy of. */
  void take(DeltaReader delta, SeriesDelta.Head head) {
    epoch = head.epoch();
    floorSeq = head.floorSeq();
    SeriesDelta.read(delta, head, book, sight);
  }

  /**
   * Makes a copy the series: it continues the epoch, at a position beyond any that former owners can have given.
   *
   * @param wholeFromMillis start of the first minute all of whose events will be told again by {@link #rebuild}
   */
  void takeOver(long wholeFromMillis, long leap) {
    sight.takenOver(wholeFromMillis);
    book.takenOver(leap);
  }

  /** Puts an event again that the copy knows the outcome of, so that later events find what they add to. */
  public void rebuild(AggregateEvent event) {
    streamed.rebuild(event);
  }

  /** Puts a trade again, as {@link #rebuild(AggregateEvent)}. */
  public void rebuild(TradeEvent trade, SaleConditions conditions) {
    tradeBuilt(conditions).rebuild(trade);
  }

  /** Returns the continuity's name. */
  public String epoch() {
    return epoch;
  }

  /** Returns the position of the newest change. */
  public long seq() {
    book.freshen();
    return book.seq();
  }

  /**
   * Returns the oldest position of a timeframe that can be continued: what changed before it may have been dropped, at a
   * day's roll or as time moved on.
   */
  public long floorSeq(Timeframe timeframe) {
    return timeframe.isSeconds()
        ? Math.max(floorSeq, seconds.map(SecondBars::floorSeq).orElse(Long.MAX_VALUE))
        : floorSeq;
  }

  /** Returns the roll-ups, days and readings. */
  public SeriesViews views() {
    book.freshen();
    return book.views();
  }

  /**
   * Takes a streamed bar.
   *
   * @param nowMillis market time less the feed's delay
   * @param toleranceMillis how far the clocks of provider and hub may be apart: a minute that ends so soon is over
   */
  public Change onBar(AggregateEvent event, long nowMillis, long toleranceMillis) {
    if (seconds.isPresent()) {
      return onKeptBar(event, nowMillis, toleranceMillis);
    }
    return streamed.put(event, nowMillis, toleranceMillis);
  }

  private Change onKeptBar(AggregateEvent event, long nowMillis, long toleranceMillis) {
    book.at(nowMillis);
    if (event.startMillis() <= nowMillis + toleranceMillis
        && seconds.orElseThrow().put(event, nowMillis)) {
      book.views().touch();
    }
    Change change = streamed.put(event, nowMillis, toleranceMillis);
    Change pass = book.commit();
    return change.isVisible() ? change : pass;
  }

  private void begin(long nowMillis) {
    streamed.begin(nowMillis);
  }

  /**
   * Takes an answer of the history for minutes: settles every minute that was over for the confirm delay when the
   * provider was asked, as final or quiet. Never overwrites a bar that the stream confirmed after the question. A
   * younger minute becomes a live bar. From the store only what is not settled is taken.
   */
  public Change onMinutes(HistoryPart part, long nowMillis) {
    begin(nowMillis);
    boolean late = stated.put(part);
    Change change = book.commit();
    return change.outcome() == Change.Outcome.UNCHANGED && late ? Change.LATE : change;
  }

  /**
   * Compares the settled minutes that start in [from, to) with an answer of the history; changes nothing. Minutes the
   * stream confirmed after the question are left out.
   */
  public Parity compare(HistoryPart part, long fromMillis, long toMillis) {
    return stated.compare(part, fromMillis, toMillis);
  }

  /**
   * Merges the provider's seconds of a minute in progress into its fold; streamed seconds stay.
   *
   * @param minuteMillis the minute's start
   * @param seconds all seconds from the minute's start on, up to when the provider was asked
   */
  public Change onSeconds(long minuteMillis, BarBlock seconds, long nowMillis) {
    begin(nowMillis);
    if (ring.dayOf(minuteMillis).isEmpty() || book.isFinal(minuteMillis)) {
      return Change.LATE;
    }
    sight.completed(minuteMillis);
    BarBlock inside = seconds.between(minuteMillis, minuteMillis + MINUTE - 1);
    if (inside.size() == 0 || book.isQuiet(minuteMillis)) {
      return Change.UNCHANGED;
    }
    LiveMinute live = streamed.live(minuteMillis);
    for (int i = 0; i < inside.size(); i++) {
      live.putIfAbsent(inside, i);
    }
    book.touch(live);
    return book.commit();
  }

  /**
   * Takes a trade of an instrument that has no streamed bars. From the first one on, minutes that could be seen are
   * final by the clock.
   *
   * @param conditions the provider's table of what a trade may change
   */
  public Change onTrade(TradeEvent trade, SaleConditions conditions, long nowMillis) {
    begin(nowMillis);
    if (trade.atMillis() > nowMillis + MINUTE) {
      return Change.OUTSIDE;
    }
    tradeBuilt(conditions).put(trade, nowMillis);
    return book.commit();
  }

  private TradeBuilt tradeBuilt(SaleConditions conditions) {
    TradeBuilt built =
        tradeBuilt.orElseGet(() -> new TradeBuilt(book, sight, conditions, confirmDelayMillis));
    tradeBuilt = Optional.of(built);
    return built;
  }

  /** Takes note that bars are streamed again: they confirm minutes from now on, and no longer the clock. */
  public void onBarsAgain(long nowMillis) {
    tradeBuilt = Optional.empty();
    sight.confirmed(nowMillis);
  }

  /** Returns true if minutes are built from single trades. */
  public boolean isTradeBuilt() {
    return sight.isClocked();
  }

  /** Returns true if a minute may have been built from single trades. */
  public boolean isTradeBuilt(long minuteMillis) {
    return sight.isClocked(minuteMillis);
  }

  /** Keeps and shows seconds from now on, which streams of less than a minute need; what was before is to be asked for. */
  public void keepSeconds(long nowMillis) {
    if (seconds.isEmpty()) {
      begin(nowMillis);
      SecondBars kept = new SecondBars(book, sight, confirmDelayMillis, nowMillis);
      seconds = Optional.of(kept);
      book.keep(kept);
      book.commit();
    }
  }

  /** Stops to keep seconds. */
  public void dropSeconds() {
    seconds = Optional.empty();
    book.drop();
  }

  /** Takes an answer of the history for seconds, if seconds are kept. */
  public Change onKeptSeconds(HistoryPart part, long nowMillis) {
    begin(nowMillis);
    if (seconds.isPresent() && seconds.get().put(part)) {
      book.views().touch();
    }
    return book.commit();
  }

  /**
   * Returns the range of kept seconds the history has to be asked for: all that are not settled though their minute is,
   * or empty if there are none.
   */
  public Optional<Range> unsettledSeconds() {
    book.freshen();
    return seconds.flatMap(SecondBars::unsettled);
  }

  /** Returns the start of the first second kept, or empty if seconds are not kept. */
  public OptionalLong firstSecondMillis() {
    return seconds.map(kept -> OptionalLong.of(kept.firstMillis())).orElseGet(OptionalLong::empty);
  }

  /** Takes note that trading was paused or goes on. */
  public Change onHalt(HaltEvent event, long nowMillis) {
    begin(nowMillis);
    if (event.halted()) {
      sight.halt(event.atMillis());
    } else {
      sight.resume(event.atMillis());
    }
    return book.commit();
  }

  /** Returns true if trading is paused as far as the stream told. */
  public boolean isHalted() {
    return sight.isHalted();
  }

  /** Returns true if the stream is followed as far as the series was told. */
  public boolean isFollowed() {
    return sight.isFollowed();
  }

  /** Lets time pass: rolls the days and marks minutes that are over for the confirm delay and have no bar. */
  public Change onClock(long nowMillis) {
    begin(nowMillis);
    boolean rolled = book.roll();
    if (rolled) {
      floorSeq = book.seq();
      sight.dropBefore(ring.firstMillis());
    }
    for (DaySlots slots : ring.days()) {
      tradeBuilt.ifPresent(built -> built.onClock(slots, nowMillis));
      sight.mark(slots, nowMillis);
      if (slots.close(nowMillis, book.nextSeq()) || rolled) {
        book.views().touchState();
      }
    }
    return book.commit();
  }

  /** Takes note that nothing could be seen from an instant on; minutes suspected since are an outage. */
  public Change onFeedLost(long fromMillis, long nowMillis) {
    begin(nowMillis);
    sight.lost(fromMillis);
    return book.commit();
  }

  /** Takes note that everything is seen from now on; what was missed stays an outage until the history fills it. */
  public Change onFeedBack(long nowMillis) {
    Change change = onClock(nowMillis);
    sight.back(nowMillis);
    return change;
  }

  /**
   * Takes the table of splits executed so far. A table that changes what was shown begins a new epoch.
   *
   * @param nextEpoch the name of the new continuity, should it begin
   * @return true if a new epoch began
   */
  public boolean onSplits(Splits splits, String nextEpoch) {
    if (!views().splits(splits, book.nextSeq())) {
      return false;
    }
    book.advance();
    epoch = nextEpoch;
    return true;
  }

  /** Takes the provider's day bars. Settled are the days that became final or were revised. */
  public Change onDays(HistoryPart part, long nowMillis) {
    begin(nowMillis);
    book.settled(book.views().putDays(part, confirmDelayMillis, book.nextSeq()));
    return book.commit();
  }

  /** Takes final bars of an hourly timeframe that are older than the minutes, raw, derived by {@link RollUps}. */
  public Change onOlder(Timeframe timeframe, SessionMode mode, List<Bar> bars, long nowMillis) {
    begin(nowMillis);
    book.views().putOlder(timeframe, mode, bars, book.nextSeq());
    return book.commit();
  }

  /**
   * Returns the range of minutes that are not settled though they were over for the confirm delay, from the first to
   * the last, or empty if there are none.
   */
  public Optional<Range> unsettled(long nowMillis) {
    book.freshen();
    return ring.unsettled(nowMillis - confirmDelayMillis);
  }

  /** Returns true if a session minute starts in [from, to). */
  public boolean hasSessionMinutes(long fromMillis, long toMillis) {
    return ring.days().stream()
        .anyMatch(slots -> slots.minutes() > 0
            && slots.startMillis(0) < toMillis
            && slots.startMillis(slots.minutes() - 1) >= fromMillis);
  }

  /** Returns the start of the first day of the ring. */
  public long firstMillis() {
    return ring.firstMillis();
  }

  /** Returns how many stretches are suspected or could not be seen. */
  public int gaps() {
    return ring.gaps();
  }

  /** Returns the newest minute bar, raw. */
  public Optional<Bar> newest() {
    book.freshen();
    int size = ring.bars().size();
    return size == 0 ? Optional.empty() : Optional.of(ring.bars().bar(size - 1));
  }
}
