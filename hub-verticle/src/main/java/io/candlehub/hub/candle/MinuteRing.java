package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.IntervalState;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The minutes of the last session and today: bars in columns, and for each session minute without a bar what is known
 * about it. Confined to the hub's event loop.
 *
 * <p>A day is today's from its first session on; until then the former day is.
 */
final class MinuteRing {
  private final TradingCalendar calendar;
  private int gaps;
  private long gapsCountedAtChange = -1;
  private final BarColumns bars = new BarColumns();
  private final List<DaySlots> days = new ArrayList<>();

  MinuteRing(TradingCalendar calendar) {
    this.calendar = calendar;
  }

  /** What the session minutes of a stretch amount to. */
  record Tally(int minutes, int elapsed, int settled, int outage, boolean unsettledBar) {
    boolean isSettled() {
      return settled == minutes && !unsettledBar;
    }

    boolean isOver() {
      return elapsed == minutes;
    }

    double coverage() {
      return elapsed == 0 ? 1 : (double) settled / elapsed;
    }
  }

  BarColumns bars() {
    return bars;
  }

  List<DaySlots> days() {
    return days;
  }

  /** Returns the date whose sessions are today's at an instant. */
  static LocalDate tradeDate(TradingCalendar calendar, long nowMillis) {
    return calendar.todayAt(nowMillis);
  }

  /** Moves on to the days that belong in the ring now; returns true if they changed. */
  boolean roll(long nowMillis, long seq) {
    LocalDate date = tradeDate(calendar, nowMillis);
    if (!days.isEmpty() && !date.isAfter(days.get(days.size() - 1).day().date())) {
      return false;
    }
    List<TradingDay> wanted = new ArrayList<>();
    wanted.add(calendar.previous(date));
    calendar.day(date).ifPresent(wanted::add);
    boolean changed = days.removeIf(slots -> !wanted.contains(slots.day()));
    for (TradingDay day : wanted) {
      if (days.stream().noneMatch(slots -> slots.day().equals(day))) {
        add(day).close(nowMillis, seq);
        changed = true;
      }
    }
    bars.dropBefore(days.get(0).beginMillis());
    gapsCountedAtChange = -1;
    return changed;
  }

  private DaySlots add(TradingDay day) {
    DaySlots slots = new DaySlots(
        day,
        calendar.startOf(day.date()),
        calendar.beginOf(day.date()),
        calendar.beginOf(day.date().plusDays(1)));
    days.add(slots);
    return slots;
  }

  /** Returns the slots of a trading day, which is put behind the others if it is not in the ring. */
  DaySlots hold(long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return days.stream()
        .filter(slots -> slots.day().date().equals(date))
        .findFirst()
        .orElseGet(() -> add(calendar.day(date).orElseThrow()));
  }

  /** Drops all days but the given ones. */
  void holdOnly(long... epochDays) {
    days.removeIf(slots ->
        Arrays.stream(epochDays).noneMatch(kept -> kept == slots.day().date().toEpochDay()));
    bars.dropBefore(firstMillis());
    gapsCountedAtChange = -1;
  }

  /** Returns the range of minutes that are not settled though they were over by an instant, or empty. */
  Optional<Range> unsettled(long overMillis) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (DaySlots slots : days) {
      for (int slot = 0; slot < slots.minutes(); slot++) {
        long minute = slots.startMillis(slot);
        if (minute + DaySlots.MINUTE <= overMillis && !isSettled(slots, slot)) {
          first = Math.min(first, minute);
          last = minute;
        }
      }
    }
    return first > last ? Optional.empty() : Optional.of(new Range(first, last));
  }

  long firstMillis() {
    return days.get(0).beginMillis();
  }

  Optional<DaySlots> dayOf(long minuteMillis) {
    for (int i = days.size() - 1; i >= 0; i--) {
      if (days.get(i).holds(minuteMillis)) {
        return Optional.of(days.get(i));
      }
    }
    return Optional.empty();
  }

  /** Puts a bar; its minute must lie on a day of the ring. */
  void put(Bar bar, long knownAtMillis, long seq) {
    boolean born = bars.indexOf(bar.startMillis()) < 0;
    bars.put(bar, knownAtMillis, seq);
    if (born) {
      DaySlots slots = dayOf(bar.startMillis()).orElseThrow();
      int slot = slots.slotOf(bar.startMillis());
      if (slot >= 0) {
        slots.born(slot, seq);
      }
    }
  }

  /** Counts the session minutes of [from, to) on one day. */
  Tally tally(DaySlots slots, long fromMillis, long toMillis, long nowMillis) {
    int minutes = 0;
    int elapsed = 0;
    int settled = 0;
    int outage = 0;
    boolean unsettledBar = false;
    int i = bars.lowerBound(fromMillis);
    for (long minute = fromMillis; minute < toMillis; minute += DaySlots.MINUTE) {
      int slot = slots.slotOf(minute);
      boolean hasBar = i < bars.size() && bars.startMillis(i) == minute;
      boolean isFinal = hasBar && bars.isFinal(i);
      unsettledBar |= hasBar && !isFinal;
      i += hasBar ? 1 : 0;
      if (slot < 0) {
        continue;
      }
      minutes++;
      boolean done = isFinal || (!hasBar && slots.isSettled(slot));
      settled += done ? 1 : 0;
      elapsed += done || minute + DaySlots.MINUTE <= nowMillis ? 1 : 0;
      outage += !hasBar && slots.is(slot, IntervalState.OUTAGE) ? 1 : 0;
    }
    return new Tally(minutes, elapsed, settled, outage, unsettledBar);
  }

  /** Returns true if a minute has a bar that is final, or settled as being without one. */
  boolean isSettled(DaySlots slots, int slot) {
    int i = bars.indexOf(slots.startMillis(slot));
    return i >= 0 ? bars.isFinal(i) : slots.isSettled(slot);
  }

  /** Returns the position of the newest change of any minute, 0 if there was none. */
  long lastChangeSeq() {
    long last = bars.lastChangeSeq();
    for (DaySlots slots : days) {
      last = Math.max(last, slots.lastChangeSeq());
    }
    return last;
  }

  /** Returns the number of stretches whose minutes are suspected or could not be seen. */
  int gaps() {
    long changes = 0;
    for (DaySlots slots : days) {
      changes += slots.changes();
    }
    if (changes != gapsCountedAtChange) {
      gaps = countGaps();
      gapsCountedAtChange = changes;
    }
    return gaps;
  }

  private int countGaps() {
    int found = 0;
    for (DaySlots slots : days) {
      boolean inside = false;
      for (int i = 0; i < slots.minutes(); i++) {
        boolean open = slots.hasState(i) && !slots.isSettled(i);
        found += open && !inside ? 1 : 0;
        inside = open;
      }
    }
    return found;
  }
}
