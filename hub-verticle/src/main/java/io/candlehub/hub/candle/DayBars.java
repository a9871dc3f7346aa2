package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * The days and weeks of one instrument. Finished days are the provider's day bars; the days of the minute ring are
 * derived until the provider confirms them: prices of the regular session (before the open those of the extended
 * one), volume of all sessions. Weeks are folded from days. Confined to the hub's event loop.
 */
final class DayBars {
  private final TradingCalendar calendar;
  private final BarColumns days = new BarColumns();
  private final BarColumns weeks = new BarColumns();
  private final BarFold fold = new BarFold();

  DayBars(TradingCalendar calendar) {
    this.calendar = calendar;
  }

  BarColumns days() {
    return days;
  }

  BarColumns weeks() {
    return weeks;
  }

  /**
   * Takes the provider's day bars. A day asked for before its last session was over for {@code confirmDelay} is left
   * to the minutes.
   *
   * @return the bars that became final or were revised
   */
  List<Bar> put(
      BarBlock block,
      long askedAtMillis,
      BarSource source,
      long confirmDelayMillis,
      Splits splits,
      long seq) {
    List<Bar> settled = new ArrayList<>();
    for (int i = 0; i < block.size(); i++) {
      LocalDate date = calendar.dateOf(block.startMillis(i));
      long over = calendar
          .day(date)
          .map(TradingDay::postCloseMillis)
          .orElseGet(() -> calendar.beginOf(date.plusDays(1)));
      if (source == BarSource.CACHE || over + confirmDelayMillis <= askedAtMillis) {
        Bar bar = FinalBars.of(block, i, calendar.startOf(date), source);
        if (putFinal(bar, askedAtMillis, seq)) {
          settled.add(bar);
        }
      }
    }
    settled.stream()
        .map(bar -> mondayOf(bar.startMillis()))
        .distinct()
        .forEach(monday -> refreshWeek(monday, splits, seq));
    return settled;
  }

  private boolean putFinal(Bar bar, long askedAtMillis, long seq) {
    int at = days.indexOf(bar.startMillis());
    if (at >= 0 && days.isFinal(at)) {
      boolean stale = bar.source() == BarSource.CACHE || askedAtMillis < days.knownAtMillis(at);
      if (stale || days.bar(at).sameValues(bar)) {
        return false;
      }
    }
    Bar next = at >= 0 ? Revisions.continued(days.bar(at), bar) : bar;
    days.put(next, bar.source() == BarSource.CACHE ? 0 : askedAtMillis, seq);
    return true;
  }

  /** Derives a day of the ring again, unless the provider has confirmed it. */
  void refresh(MinuteRing ring, DaySlots slots, Splits splits, long nowMillis, long seq) {
    int at = days.indexOf(slots.labelMillis());
    if (at >= 0 && days.isFinal(at)) {
      return;
    }
    TradingDay day = slots.day();
    fold.clear();
    BarColumns minutes = ring.bars();
    long end = calendar.beginOf(day.date().plusDays(1));
    int first = minutes.lowerBound(slots.beginMillis());
    int open = minutes.lowerBound(day.openMillis());
    boolean opened = open < minutes.size() && minutes.startMillis(open) < day.closeMillis();
    for (int i = first; i < minutes.size() && minutes.startMillis(i) < end; i++) {
      boolean regular = i >= open && minutes.startMillis(i) < day.closeMillis();
      if (regular || !opened) {
        minutes.addPriceTo(fold, i);
      }
      minutes.addVolumeTo(fold, i);
    }
    if (fold.isEmpty()) {
      return;
    }
    double coverage =
        ring.tally(slots, day.preOpenMillis(), day.postCloseMillis(), nowMillis).coverage();
    Bar derived = fold.toBar(slots.labelMillis(), BarState.LIVE, 0, coverage);
    if (at < 0 || !derived.equals(days.bar(at))) {
      days.put(derived, 0, seq);
      refreshWeek(mondayOf(slots.labelMillis()), splits, seq);
    }
  }

  /** Folds all weeks again, for another table of splits. */
  void refreshWeeks(Splits splits, long seq) {
    for (int i = 0; i < days.size(); i++) {
      LocalDate monday = mondayOf(days.startMillis(i));
      if (i == 0 || !monday.equals(mondayOf(days.startMillis(i - 1)))) {
        refreshWeek(monday, splits, seq);
      }
    }
  }

  private LocalDate mondayOf(long millis) {
    return calendar.dateOf(millis).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private void refreshWeek(LocalDate monday, Splits splits, long seq) {
    long start = calendar.startOf(monday);
    long end = calendar.startOf(monday.plusDays(7));
    boolean settled = true;
    fold.clear();
    for (int i = days.lowerBound(start); i < days.size() && days.startMillis(i) < end; i++) {
      fold.add(splits.adjust(days.bar(i)));
      settled &= days.isFinal(i);
    }
    TradingDay last = calendar.previous(monday.plusDays(7));
    int lastAt = days.indexOf(calendar.startOf(last.date()));
    BarState state = settled && lastAt >= 0 ? BarState.FINAL : BarState.LIVE;
    Bar derived = fold.toBar(start, state, 0, Double.NaN);
    int at = weeks.indexOf(start);
    if (at >= 0) {
      derived = Revisions.continued(weeks.bar(at), derived);
      if (derived.equals(weeks.bar(at))) {
        return;
      }
    }
    weeks.put(derived, 0, seq);
  }

  /** Returns true if the provider has confirmed a day. */
  boolean isConfirmed(LocalDate date) {
    int at = days.indexOf(calendar.startOf(date));
    return at >= 0 && days.isFinal(at);
  }
}
