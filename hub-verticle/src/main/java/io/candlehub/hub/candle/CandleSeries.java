package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private static final long NEVER = Long.MAX_VALUE;

  private final long confirmDelayMillis;
  private final MinuteRing ring;
  private final SeriesViews views;
  private final Map<Long, LiveMinute> lives = new HashMap<>();
  private final BarFold fold = new BarFold();
  private final List<Bar> settled = new ArrayList<>();
  private String epoch;
  private long seq;
  private long floorSeq;
  private long seenFromMillis = NEVER;
  private long holeFromMillis = NEVER;

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
    ring = new MinuteRing(calendar);
    views = new SeriesViews(calendar, ring);
    onClock(nowMillis);
  }

  /** Returns the continuity's name. */
  public String epoch() {
    return epoch;
  }

  /** Returns the position of the newest change. */
  public long seq() {
    return seq;
  }

  /** Returns the oldest position that can be continued: what changed before it may have been dropped at a day's roll. */
  public long floorSeq() {
    return floorSeq;
  }

  /** Returns the roll-ups, days and readings. */
  public SeriesViews views() {
    return views;
  }

  /**
   * Takes a streamed bar.
   *
   * @param nowMillis market time less the feed's delay
   * @param toleranceMillis how far the clocks of provider and hub may be apart: a minute that ends so soon is over
   */
  public Change onBar(AggregateEvent event, long nowMillis, long toleranceMillis) {
    long minute = Math.floorDiv(event.startMillis(), MINUTE) * MINUTE;
    if (ring.dayOf(minute).isEmpty() || minute > nowMillis + toleranceMillis + MINUTE) {
      return Change.OUTSIDE;
    }
    int at = ring.bars().indexOf(minute);
    boolean isFinal = at >= 0 && ring.bars().isFinal(at);
    boolean isMinute = event.span() == AggregateEvent.Span.MINUTE;
    if (isMinute && event.endMillis() <= nowMillis + toleranceMillis) {
      return confirm(event, nowMillis);
    }
    if (isFinal || (at < 0 && isQuiet(minute))) {
      return Change.LATE;
    }
    LiveMinute live = live(minute);
    if (isMinute) {
      live.unfinished(event, nowMillis);
    } else if (!live.put(event)) {
      return Change.UNCHANGED;
    }
    return putLive(minute, live, nowMillis);
  }

  private boolean isQuiet(long minute) {
    return ring.dayOf(minute)
        .map(slots -> slots.slotOf(minute) >= 0 && slots.isSettled(slots.slotOf(minute)))
        .orElse(false);
  }

  private LiveMinute live(long minute) {
    LiveMinute live = lives.computeIfAbsent(minute, LiveMinute::new);
    live.whole(minute >= seenFromMillis);
    return live;
  }

  private Change putLive(long minute, LiveMinute live, long nowMillis) {
    Bar bar = live.bar(fold);
    int at = ring.bars().indexOf(minute);
    if (at >= 0 && ring.bars().bar(at).equals(bar)) {
      return Change.UNCHANGED;
    }
    put(bar, 0);
    return commit(nowMillis);
  }

  private Change confirm(AggregateEvent event, long nowMillis) {
    Bar bar = new Bar(
        event.startMillis(),
        event.open(),
        event.high(),
        event.low(),
        event.close(),
        event.volume(),
        event.vwap(),
        -1,
        BarState.FINAL,
        0,
        BarSource.LIVE,
        Double.NaN);
    putFinal(bar, nowMillis);
    return commit(nowMillis);
  }

  /** Puts a confirmed bar; it is final, or a revision if it differs from what was final. */
  private void putFinal(Bar bar, long knownAtMillis) {
    BarColumns bars = ring.bars();
    int at = bars.indexOf(bar.startMillis());
    lives.remove(bar.startMillis());
    if (at >= 0 && bars.isFinal(at) && bars.bar(at).sameValues(bar)) {
      bars.knownAt(at, Math.max(knownAtMillis, bars.knownAtMillis(at)));
      return;
    }
    Bar next = at >= 0 ? Revisions.continued(bars.bar(at), bar) : bar;
    put(next, knownAtMillis);
    settled.add(next);
  }

  private void put(Bar bar, long knownAtMillis) {
    ring.put(bar, knownAtMillis, seq + 1);
    views.touch(bar.startMillis());
  }

  private Change commit(long nowMillis) {
    boolean changed = views.refresh(nowMillis, seq + 1);
    seq += changed ? 1 : 0;
    Change change = Change.of(changed, settled);
    settled.clear();
    return change;
  }

  /**
   * Takes an answer of the history for minutes: settles every minute that was over for the confirm delay when the
   * provider was asked, as final or quiet. Never overwrites a bar that the stream confirmed after the question. A
   * younger minute becomes a live bar. From the store only what is not settled is taken.
   */
  public Change onMinutes(HistoryPart part, long nowMillis) {
    BarBlock block = part.bars();
    boolean late = false;
    for (int i = 0; i < block.size(); i++) {
      long minute = block.startMillis(i);
      if (minute % MINUTE == 0 && ring.dayOf(minute).isPresent()) {
        late |= !putStated(part, i);
      }
    }
    for (DaySlots slots : ring.days()) {
      settleQuiet(part, slots);
    }
    Change change = commit(nowMillis);
    return change.outcome() == Change.Outcome.UNCHANGED && late ? Change.LATE : change;
  }

  private boolean putStated(HistoryPart part, int i) {
    BarBlock block = part.bars();
    long minute = block.startMillis(i);
    boolean fromStore = part.source() == BarSource.CACHE;
    int at = ring.bars().indexOf(minute);
    if (at >= 0 && ring.bars().isFinal(at)) {
      if (fromStore || part.askedAtMillis() <= ring.bars().knownAtMillis(at)) {
        return false;
      }
    }
    if (fromStore || minute + MINUTE + confirmDelayMillis <= part.askedAtMillis()) {
      long knownAt = fromStore ? 0 : part.askedAtMillis();
      putFinal(stated(block, i, part.source()), knownAt);
    } else if (at < 0 || !ring.bars().isFinal(at)) {
      LiveMinute live = live(minute);
      live.unfinished(block, i, part.askedAtMillis());
      Bar bar = live.bar(fold);
      if (at < 0 || !ring.bars().bar(at).equals(bar)) {
        put(bar, 0);
      }
    }
    return true;
  }

  private static Bar stated(BarBlock block, int i, BarSource source) {
    return new Bar(
        block.startMillis(i),
        block.open(i),
        block.high(i),
        block.low(i),
        block.close(i),
        block.volume(i),
        block.vwap(i),
        block.trades(i),
        BarState.FINAL,
        0,
        source,
        Double.NaN);
  }

  private void settleQuiet(HistoryPart part, DaySlots slots) {
    long trustedEnd = part.askedAtMillis() == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : part.askedAtMillis() - confirmDelayMillis;
    for (int slot = 0; slot < slots.minutes(); slot++) {
      long minute = slots.startMillis(slot);
      boolean asked = minute >= part.fromMillis() && minute <= part.toMillis();
      if (asked && minute + MINUTE <= trustedEnd && ring.bars().indexOf(minute) < 0) {
        setState(slots, slot, IntervalState.QUIET);
      }
    }
  }

  private void setState(DaySlots slots, int slot, IntervalState state) {
    if (slots.set(slot, state, seq + 1)) {
      views.touch(slots.startMillis(slot));
    }
  }

  /**
   * Merges the provider's seconds of a minute in progress into its fold; streamed seconds stay.
   *
   * @param minuteMillis the minute's start
   * @param seconds all seconds from the minute's start on, up to when the provider was asked
   */
  public Change onSeconds(long minuteMillis, BarBlock seconds, long nowMillis) {
    int at = ring.bars().indexOf(minuteMillis);
    if (ring.dayOf(minuteMillis).isEmpty() || (at >= 0 && ring.bars().isFinal(at))) {
      return Change.LATE;
    }
    if (seenFromMillis != NEVER) {
      seenFromMillis = Math.min(seenFromMillis, minuteMillis);
    }
    BarBlock inside = seconds.between(minuteMillis, minuteMillis + MINUTE - 1);
    if (inside.size() == 0 || isQuiet(minuteMillis)) {
      return Change.UNCHANGED;
    }
    LiveMinute live = live(minuteMillis);
    for (int i = 0; i < inside.size(); i++) {
      live.putIfAbsent(inside, i);
    }
    return putLive(minuteMillis, live, nowMillis);
  }

  /** Lets time pass: rolls the days and marks minutes that are over for the confirm delay and have no bar. */
  public Change onClock(long nowMillis) {
    boolean rolled = ring.roll(nowMillis, seq + 1);
    if (rolled) {
      floorSeq = seq;
      lives.keySet().removeIf(minute -> ring.dayOf(minute).isEmpty());
      views.dropBefore(ring.firstMillis());
    }
    for (DaySlots slots : ring.days()) {
      mark(slots, nowMillis);
      if (slots.close(nowMillis, seq + 1) || rolled) {
        views.touchState();
      }
    }
    return commit(nowMillis);
  }

  private void mark(DaySlots slots, long nowMillis) {
    int slot = slots.marked();
    while (slot < slots.minutes()
        && slots.startMillis(slot) + MINUTE + confirmDelayMillis <= nowMillis) {
      long minute = slots.startMillis(slot);
      if (!slots.hasState(slot) && ring.bars().indexOf(minute) < 0) {
        boolean unseen = minute + MINUTE > holeFromMillis;
        setState(slots, slot, unseen ? IntervalState.OUTAGE : IntervalState.SUSPECTED);
      }
      slot++;
    }
    slots.marked(slot);
  }

  /** Takes note that nothing could be seen from an instant on; minutes suspected since are an outage. */
  public Change onFeedLost(long fromMillis, long nowMillis) {
    seenFromMillis = NEVER;
    if (holeFromMillis == NEVER) {
      holeFromMillis = fromMillis;
      for (DaySlots slots : ring.days()) {
        for (int slot = 0; slot < slots.marked(); slot++) {
          if (slots.is(slot, IntervalState.SUSPECTED)
              && slots.startMillis(slot) + MINUTE > fromMillis) {
            setState(slots, slot, IntervalState.OUTAGE);
          }
        }
      }
    }
    return commit(nowMillis);
  }

  /** Takes note that everything is seen from now on; what was missed stays an outage until the history fills it. */
  public Change onFeedBack(long nowMillis) {
    Change change = onClock(nowMillis);
    holeFromMillis = NEVER;
    seenFromMillis = Math.min(seenFromMillis, nowMillis);
    return change;
  }

  /**
   * Takes the table of splits executed so far. A table that changes what was shown begins a new epoch.
   *
   * @param nextEpoch the name of the new continuity, should it begin
   * @return true if a new epoch began
   */
  public boolean onSplits(Splits splits, String nextEpoch) {
    if (!views.splits(splits, seq + 1)) {
      return false;
    }
    seq++;
    epoch = nextEpoch;
    return true;
  }

  /** Takes the provider's day bars. Settled are the days that became final or were revised. */
  public Change onDays(HistoryPart part, long nowMillis) {
    settled.addAll(views.putDays(part, confirmDelayMillis, seq + 1));
    return commit(nowMillis);
  }

  /** Takes final bars of an hourly timeframe that are older than the minutes, raw, derived by {@link RollUps}. */
  public Change onOlder(Timeframe timeframe, SessionMode mode, List<Bar> bars, long nowMillis) {
    views.putOlder(timeframe, mode, bars, seq + 1);
    return commit(nowMillis);
  }

  /**
   * Returns the range of minutes that are not settled though they were over for the confirm delay, from the first to
   * the last, or empty if there are none.
   */
  public Optional<Range> unsettled(long nowMillis) {
    long first = NEVER;
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
    return first == NEVER ? Optional.empty() : Optional.of(new Range(first, last));
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
    int size = ring.bars().size();
    return size == 0 ? Optional.empty() : Optional.of(ring.bars().bar(size - 1));
  }
}
