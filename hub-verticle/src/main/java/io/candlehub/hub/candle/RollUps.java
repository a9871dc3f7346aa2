package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Derives longer bars from runs of settled bars of the past, which are final with full coverage. */
public final class RollUps {
  private static final long MINUTE = 60_000;

  private RollUps() {}

  /**
   * Returns intraday bars derived from base bars, ascending. What lies outside the mode's sessions is left out.
   *
   * @param minutes base bars, ascending: seconds for a timeframe of seconds, else minutes
   * @param timeframe one second to four hours
   */
  public static List<Bar> intraday(
      List<Bar> minutes, Timeframe timeframe, SessionMode mode, TradingCalendar calendar) {
    List<Bar> derived = new ArrayList<>();
    BarFold fold = new BarFold();
    long start = Long.MIN_VALUE;
    Optional<TradingDay> day = Optional.empty();
    LocalDate date = LocalDate.MIN;
    long dateEnd = Long.MIN_VALUE;
    for (Bar minute : minutes) {
      if (minute.startMillis() >= dateEnd) {
        date = calendar.dateOf(minute.startMillis());
        dateEnd = calendar.beginOf(date.plusDays(1));
        day = calendar.day(date);
      }
      OptionalLong next = day.isEmpty()
          ? OptionalLong.empty()
          : Anchors.startOf(timeframe, mode, day.get(), minute.startMillis());
      if (next.isEmpty()) {
        continue;
      }
      if (next.getAsLong() != start) {
        flush(derived, fold, start, 1);
        start = next.getAsLong();
      }
      if (timeframe == Timeframe.M1 || timeframe == Timeframe.S1) {
        derived.add(minute);
      } else {
        fold.add(minute);
      }
    }
    flush(derived, fold, start, 1);
    return derived;
  }

  /**
   * Returns weeks derived from days, ascending; a week starts on Monday at midnight of the exchange.
   *
   * @param nowMillis a week that is not over by then is live
   */
  public static List<Bar> weeks(List<Bar> days, TradingCalendar calendar, long nowMillis) {
    List<Bar> derived = new ArrayList<>();
    BarFold fold = new BarFold();
    long start = Long.MIN_VALUE;
    for (Bar day : days) {
      LocalDate monday = calendar
          .dateOf(day.startMillis())
          .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      long next = calendar.startOf(monday);
      if (next != start) {
        flush(derived, fold, start, Double.NaN);
        start = next;
      }
      fold.add(day);
    }
    if (!fold.isEmpty()) {
      LocalDate monday = calendar.dateOf(start);
      boolean over = calendar.startOf(monday.plusDays(7)) <= nowMillis;
      derived.add(fold.toBar(start, over ? BarState.FINAL : BarState.LIVE, 0, Double.NaN));
    }
    return derived;
  }

  /** Returns a bar as it is to be shown: live if it was not over at an instant, else unchanged. */
  public static Bar asOf(Bar bar, long endMillis, long trustedMillis) {
    return endMillis <= trustedMillis ? bar : Revisions.with(bar, BarState.LIVE, 0);
  }

  private static void flush(List<Bar> derived, BarFold fold, long start, double coverage) {
    if (!fold.isEmpty()) {
      derived.add(fold.toBar(start, BarState.FINAL, 0, coverage));
      fold.clear();
    }
  }

  /**
   * Returns the stretches of settled days in [from, to] without bars: quiet inside the mode's sessions, closed
   * outside.
   *
   * @param minutes the base bars of the range
   * @param shown the bars shown, whose time is no stretch without bars
   */
  public static List<Interval> intervals(
      List<Bar> minutes,
      List<Bar> shown,
      Timeframe timeframe,
      SessionMode mode,
      Range range,
      TradingCalendar calendar) {
    long step = timeframe.isSeconds() ? Timeframe.S1.millis() : MINUTE;
    Set<Long> covered = new HashSet<>();
    minutes.forEach(bar -> covered.add(bar.startMillis()));
    List<Interval> found = new ArrayList<>();
    BarColumns bars = new BarColumns();
    shown.forEach(bar -> bars.put(bar, 0, 1));
    List<TradingDay> days =
        calendar.between(calendar.dateOf(range.fromMillis()), calendar.dateOf(range.toMillis()));
    long closedFrom = range.fromMillis();
    for (TradingDay day : days) {
      boolean regular = mode == SessionMode.REGULAR;
      long from = Math.max(range.fromMillis(), regular ? day.openMillis() : day.preOpenMillis());
      long to = Math.min(range.toMillis() + 1, regular ? day.closeMillis() : day.postCloseMillis());
      add(found, bars, new Span(closedFrom, from, IntervalState.CLOSED), timeframe);
      long quietFrom = from;
      for (long minute = from; minute < to; minute += step) {
        if (covered.contains(minute)) {
          add(found, bars, new Span(quietFrom, minute, IntervalState.QUIET), timeframe);
          quietFrom = minute + step;
        }
      }
      add(found, bars, new Span(quietFrom, to, IntervalState.QUIET), timeframe);
      closedFrom = Math.max(closedFrom, to);
    }
    add(found, bars, new Span(closedFrom, range.toMillis() + 1, IntervalState.CLOSED), timeframe);
    return found;
  }

  private record Span(long from, long to, IntervalState state) {}

  private static void add(List<Interval> found, BarColumns bars, Span span, Timeframe timeframe) {
    if (span.from >= span.to) {
      return;
    }
    IntervalReader.emit(
        found, span.from, span.to, span.state, bars, start -> start + timeframe.millis());
  }
}
