package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which expirations are listed on a date: days of the coming week where options expire daily, Fridays of the coming two
 * months, third Fridays of seven, and those of January of two years. Once listed, an expiration stays. Pure.
 */
final class OptionCycle {
  private static final int DAILY_DAYS = 7;
  private static final int WEEKLY_DAYS = 56;
  private static final int MONTHLY_DAYS = 210;
  private static final int JANUARY_DAYS = 620;

  private OptionCycle() {}

  /** Returns the expirations, ascending, each with true if it is a third Friday's. */
  static SortedMap<LocalDate, Boolean> listed(
      Optionable underlying, LocalDate asOf, TradingCalendar calendar) {
    SortedMap<LocalDate, Boolean> found = new TreeMap<>();
    if (underlying.daily()) {
      calendar
          .between(asOf, asOf.plusDays(DAILY_DAYS))
          .forEach(day -> found.put(day.date(), false));
    }
    LocalDate friday = asOf.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
    for (LocalDate at = friday; !at.isAfter(asOf.plusDays(JANUARY_DAYS)); at = at.plusWeeks(1)) {
      boolean third = at.getDayOfMonth() > 14 && at.getDayOfMonth() <= 21;
      boolean listed = !at.isAfter(asOf.plusDays(WEEKLY_DAYS))
          || (third && !at.isAfter(asOf.plusDays(MONTHLY_DAYS)))
          || (third && at.getMonth() == Month.JANUARY);
      LocalDate date = calendar.atOrBefore(at).date();
      if (listed && !date.isBefore(asOf)) {
        found.put(date, third);
      }
    }
    return found;
  }
}
