package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.Interval;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What a series shows: the minutes and everything derived from them. All roll-ups follow a settled minute in
 * the same pass; what streams into a minute in progress reaches a view when it is read, so that views nobody looks at
 * cost nothing. Confined to the hub's event loop.
 */
public final class SeriesViews {
  private static final List<Timeframe> DERIVED =
      List.of(Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.H1, Timeframe.H4);

  private final TradingCalendar calendar;
  private final MinuteRing ring;
  private final List<RollUp> rollUps = new ArrayList<>();
  private final DayBars days;
  private Optional<SecondBars> seconds = Optional.empty();
  private Splits splits = Splits.none();
  private boolean daysWanted;
  private boolean touched;
  private boolean stateTouched;
  private long nowMillis;
  private long seq;
  private long stateSeq;
  private long daysSeq;

  SeriesViews(TradingCalendar calendar, MinuteRing ring) {
    this.calendar = calendar;
    this.ring = ring;
    days = new DayBars(calendar);
    for (Timeframe timeframe : DERIVED) {
      for (SessionMode mode : SessionMode.values()) {
        rollUps.add(new RollUp(timeframe, mode));
      }
    }
  }

  /** Shows seconds from now on, or none any more. */
  void seconds(Optional<SecondBars> kept) {
    seconds = kept;
  }

  /** Takes note that a minute changed in this pass. */
  void touch() {
    touched = true;
  }

  /** Takes note that something changed in this pass that no single minute shows. */
  void touchState() {
    touched = true;
    stateTouched = true;
  }

  /** Ends a pass: what it touched has a position now; returns true if it touched anything. */
  boolean refresh(long passMillis, long passSeq) {
    if (!touched) {
      return false;
    }
    nowMillis = passMillis;
    seq = passSeq;
    if (stateTouched) {
      stateSeq = passSeq;
    }
    touched = false;
    stateTouched = false;
    return true;
  }

  /** Derives all roll-ups, so that none misses what is about to change or to be dropped. */
  void derive() {
    rollUps.forEach(rollUp -> rollUp.refreshed(ring, nowMillis, seq));
  }

  /** Derives today's and the last session's day again if a minute changed since. */
  private void refreshDays() {
    boolean changed = ring.lastChangeSeq() > daysSeq || stateSeq > daysSeq;
    if (daysWanted && changed) {
      for (DaySlots slots : ring.days()) {
        days.refresh(ring, slots, splits, nowMillis, seq);
      }
      daysSeq = seq;
    }
  }

  void dropBefore(long millis) {
    for (RollUp rollUp : rollUps) {
      if (rollUp.timeframe().millis() < Timeframe.H1.millis()) {
        rollUp.bars().dropBefore(millis);
      }
    }
  }

  /**
   * Writes what changed after a position and cannot be derived from the minutes.
   *
   * @param rolled true if the days changed since
   */
  void writeTo(DeltaWriter out, long sinceSeq, boolean rolled) {
    splits.writeTo(out);
    out.flag(daysWanted);
    out.signed(stateSeq);
    rollUps.forEach(rollUp -> rollUp.writeTo(out, sinceSeq, rolled, ring.firstMillis()));
    days.days().writeTo(out, sinceSeq, i -> true);
    days.weeks().writeTo(out, sinceSeq, i -> true);
  }

  /** Takes what was written. */
  void readFrom(DeltaReader in) {
    splits = Splits.readFrom(in, calendar);
    daysWanted = in.flag();
    stateSeq = in.signed();
    rollUps.forEach(rollUp -> rollUp.bars().readFrom(in));
    days.days().readFrom(in);
    days.weeks().readFrom(in);
  }

  /** Takes note that all is as it was at a position and time elsewhere, but for what is to be derived. */
  void restored(long thenMillis, long thenSeq) {
    nowMillis = thenMillis;
    seq = thenSeq;
    daysSeq = -1;
    rollUps.forEach(RollUp::restart);
  }

  /** Takes another table of splits; returns true if it changes what was shown. */
  boolean splits(Splits next, long passSeq) {
    if (next.equals(splits)) {
      return false;
    }
    splits = next;
    days.refreshWeeks(splits, passSeq);
    return true;
  }

  List<Bar> putDays(HistoryPart part, long confirmDelayMillis, long passSeq) {
    daysWanted = true;
    touchState();
    return days.put(
        part.bars(), part.askedAtMillis(), part.source(), confirmDelayMillis, splits, passSeq);
  }

  /** Returns true if the provider has confirmed a day's bar. */
  public boolean isConfirmed(LocalDate date) {
    return days.isConfirmed(date);
  }

  /** Puts final bars of an hourly timeframe that are older than the ring's minutes, raw. */
  void putOlder(Timeframe timeframe, SessionMode mode, List<Bar> bars, long passSeq) {
    rollUp(timeframe, mode).putOlder(bars, ring.firstMillis(), passSeq);
    touchState();
  }

  /**
   * Returns what changed after a position, everything if it is negative.
   *
   * <p>Of seconds there is nothing unless they are kept.
   */
  public Reading read(Timeframe timeframe, SessionMode mode, long sinceSeq) {
    return read(timeframe, mode, sinceSeq, splits);
  }

  /** Returns everything as it traded; weeks, which a split may cut, are as in {@link #read}. */
  public Reading readRaw(Timeframe timeframe, SessionMode mode) {
    return read(timeframe, mode, -1, Splits.none());
  }

  private Reading read(Timeframe timeframe, SessionMode mode, long sinceSeq, Splits adjustment) {
    if (timeframe.isSeconds()) {
      return seconds
          .map(kept -> kept.read(timeframe, mode, sinceSeq, seq, adjustment))
          .orElseGet(() -> new Reading(List.of(), List.of(), List.of()));
    }
    if (!timeframe.isIntraday()) {
      refreshDays();
    }
    if (timeframe == Timeframe.D1) {
      return reading(days.days(), sinceSeq, adjustment, List.of(), start -> true);
    }
    if (timeframe == Timeframe.W1) {
      return reading(days.weeks(), sinceSeq, Splits.none(), List.of(), start -> true);
    }
    boolean base = timeframe == Timeframe.M1;
    BarColumns bars = base ? ring.bars() : rollUp(timeframe, mode).refreshed(ring, nowMillis, seq);
    LongPredicate shown = base && mode == SessionMode.REGULAR ? this::isRegular : start -> true;
    List<Interval> intervals = IntervalReader.read(
        ring,
        calendar,
        mode,
        sinceSeq,
        bars,
        start -> shown.test(start) ? endOf(timeframe, mode, start) : start);
    return reading(bars, sinceSeq, adjustment, intervals, shown);
  }

  static Reading reading(
      BarColumns bars,
      long sinceSeq,
      Splits splits,
      List<Interval> intervals,
      LongPredicate shown) {
    List<Bar> found = new ArrayList<>();
    List<Long> seqs = new ArrayList<>();
    if (bars.lastChangeSeq() > sinceSeq) {
      for (int i = 0; i < bars.size(); i++) {
        if (bars.changeSeq(i) > sinceSeq && shown.test(bars.startMillis(i))) {
          found.add(splits.adjust(bars.bar(i)));
          seqs.add(bars.changeSeq(i));
        }
      }
    }
    return new Reading(found, intervals, seqs);
  }

  private boolean isRegular(long minuteMillis) {
    return ring.dayOf(minuteMillis)
        .map(slots -> minuteMillis >= slots.day().openMillis()
            && minuteMillis < slots.day().closeMillis())
        .orElse(false);
  }

  private long endOf(Timeframe timeframe, SessionMode mode, long startMillis) {
    return ring.dayOf(startMillis)
        .map(slots -> Anchors.endOf(timeframe, mode, slots.day(), startMillis))
        .orElse(startMillis + timeframe.millis());
  }

  private RollUp rollUp(Timeframe timeframe, SessionMode mode) {
    for (RollUp rollUp : rollUps) {
      if (rollUp.timeframe() == timeframe && rollUp.mode() == mode) {
        return rollUp;
      }
    }
    throw new IllegalArgumentException(timeframe + " is no roll-up of minutes");
  }
}
