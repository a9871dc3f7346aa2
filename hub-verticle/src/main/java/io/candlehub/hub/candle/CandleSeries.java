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
  private final StatedMinutes stated;
  private Optional<LiveMinute> current = Optional.empty();
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
    this.confirmDelayMillis = confirmDelayMillis;
    this.epoch = epoch;
    book = new MinuteBook(calendar);
    ring = book.ring();
    sight = new Sight(book, confirmDelayMillis);
    stated = new StatedMinutes(book, sight, confirmDelayMillis);
    onClock(nowMillis);
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
    return take(event, nowMillis, toleranceMillis);
  }

  private Change onKeptBar(AggregateEvent event, long nowMillis, long toleranceMillis) {
    book.at(nowMillis);
    if (event.startMillis() <= nowMillis + toleranceMillis
        && seconds.orElseThrow().put(event, nowMillis)) {
      book.views().touch();
    }
    Change change = take(event, nowMillis, toleranceMillis);
    Change pass = book.commit();
    return change.isVisible() ? change : pass;
  }

  private Change take(AggregateEvent event, long nowMillis, long toleranceMillis) {
    if (event.span() == AggregateEvent.Span.SECOND && current.isPresent()) {
      LiveMinute live = current.get();
      long into = event.startMillis() - live.startMillis();
      if (into >= 0 && into < MINUTE) {
        book.at(nowMillis);
        return fold(live, event);
      }
    }
    return onOther(event, nowMillis, toleranceMillis);
  }

  private Change fold(LiveMinute live, AggregateEvent second) {
    if (!live.put(second)) {
      return Change.UNCHANGED;
    }
    book.touch(live);
    return Change.UPDATED;
  }

  private Change onOther(AggregateEvent event, long nowMillis, long toleranceMillis) {
    begin(nowMillis);
    long minute = Math.floorDiv(event.startMillis(), MINUTE) * MINUTE;
    if (ring.dayOf(minute).isEmpty() || minute > nowMillis + toleranceMillis + MINUTE) {
      return Change.OUTSIDE;
    }
    boolean isMinute = event.span() == AggregateEvent.Span.MINUTE;
    if (isMinute && event.endMillis() <= nowMillis + toleranceMillis) {
      book.putFinal(FinalBars.of(event), nowMillis);
      return book.commit();
    }
    if (book.isFinal(minute) || book.isQuiet(minute)) {
      return Change.LATE;
    }
    LiveMinute live = live(minute);
    if (isMinute) {
      live.unfinished(event, nowMillis);
      book.touch(live);
      return Change.UPDATED;
    }
    current = Optional.of(live);
    return fold(live, event);
  }

  /** Every input but a second of the minute in progress may settle minutes or change what was seen of them. */
  private void begin(long nowMillis) {
    book.at(nowMillis);
    current = Optional.empty();
  }

  private LiveMinute live(long minute) {
    LiveMinute live = book.live(minute);
    live.whole(sight.isWhole(minute));
    return live;
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
    LiveMinute live = live(minuteMillis);
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
    TradeBuilt built =
        tradeBuilt.orElseGet(() -> new TradeBuilt(book, sight, conditions, confirmDelayMillis));
    tradeBuilt = Optional.of(built);
    built.put(trade, nowMillis);
    return book.commit();
  }

  /** Returns true if minutes are built from single trades. */
  public boolean isTradeBuilt() {
    return tradeBuilt.isPresent();
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
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (DaySlots slots : ring.days()) {
      for (int slot = 0; slot < slots.minutes(); slot++) {
        long minute = slots.startMillis(slot);
        if (minute + MINUTE + confirmDelayMillis <= nowMillis && !ring.isSettled(slots, slot)) {
          first = Math.min(first, minute);
          last = minute;
        }
      }
    }
    return first > last ? Optional.empty() : Optional.of(new Range(first, last));
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
