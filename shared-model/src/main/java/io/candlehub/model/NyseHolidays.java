package io.candlehub.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The full and half holidays of the US stock exchanges, by the rules of NYSE Rule 7.2 plus its special closures.
 *
 * <p>The rules reproduce every date the exchange has published for 2013 to 2027 (the calendar's test lists them);
 * later years are extrapolated.
 */
final class NyseHolidays {
  /** Days of mourning and weather closures, which follow no rule. */
  private static final Set<LocalDate> SPECIAL_CLOSURES = Set.of(
      LocalDate.of(2012, 10, 29),
      LocalDate.of(2012, 10, 30),
      LocalDate.of(2018, 12, 5),
      LocalDate.of(2025, 1, 9));

  private static final int FIRST_JUNETEENTH_YEAR = 2022;

  private NyseHolidays() {}

  /** A day on which the stock exchanges are closed. */
  enum Holiday {
    NEW_YEAR,
    KING,
    PRESIDENTS,
    GOOD_FRIDAY,
    MEMORIAL,
    JUNETEENTH,
    INDEPENDENCE,
    LABOR,
    THANKSGIVING,
    CHRISTMAS,
    SPECIAL
  }

  /** Returns the holiday that is kept on a date, or empty. */
  static Optional<Holiday> on(LocalDate date) {
    if (SPECIAL_CLOSURES.contains(date)) {
      return Optional.of(Holiday.SPECIAL);
    }
    return Stream.of(Holiday.values())
        .filter(holiday -> holiday != Holiday.SPECIAL)
        .filter(holiday -> kept(holiday, date.getYear()).filter(date::equals).isPresent())
        .findFirst();
  }

  private static Optional<LocalDate> kept(Holiday holiday, int year) {
    return switch (holiday) {
      case NEW_YEAR -> Optional.of(newYear(year));
      case KING -> Optional.of(nthMonday(year, Month.JANUARY, 3));
      case PRESIDENTS -> Optional.of(nthMonday(year, Month.FEBRUARY, 3));
      case GOOD_FRIDAY -> Optional.of(easterSunday(year).minusDays(2));
      case MEMORIAL ->
        Optional.of(
            LocalDate.of(year, 5, 31).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case JUNETEENTH ->
        year < FIRST_JUNETEENTH_YEAR
            ? Optional.empty()
            : Optional.of(observed(LocalDate.of(year, 6, 19)));
      case INDEPENDENCE -> Optional.of(observed(LocalDate.of(year, 7, 4)));
      case LABOR -> Optional.of(nthMonday(year, Month.SEPTEMBER, 1));
      case THANKSGIVING -> Optional.of(thanksgiving(year));
      case CHRISTMAS -> Optional.of(observed(LocalDate.of(year, 12, 25)));
      case SPECIAL -> Optional.empty();
    };
  }

  /** Half days: the day after Thanksgiving, and July 3 and December 24 when they fall on Monday to Thursday. */
  static boolean isEarlyClose(LocalDate date) {
    boolean eve = (date.getMonthValue() == 7 && date.getDayOfMonth() == 3)
        || (date.getMonthValue() == 12 && date.getDayOfMonth() == 24);
    boolean mondayToThursday = date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) < 0;
    return (eve && mondayToThursday) || date.equals(thanksgiving(date.getYear()).plusDays(1));
  }

  /** New Year's Day on a Saturday is not observed on the Friday before: that is the accounting year's last day. */
  private static LocalDate newYear(int year) {
    LocalDate day = LocalDate.of(year, 1, 1);
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
  }

  private static LocalDate observed(LocalDate day) {
    if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
      return day.minusDays(1);
    }
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
  }

  private static LocalDate thanksgiving(int year) {
    return LocalDate.of(year, 11, 1)
        .with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY));
  }

  private static LocalDate nthMonday(int year, Month month, int n) {
    return LocalDate.of(year, month, 1)
        .with(TemporalAdjusters.dayOfWeekInMonth(n, DayOfWeek.MONDAY));
  }

  /** The Gregorian Easter date after Butcher's algorithm. */
  private static LocalDate easterSunday(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int monthAndDay = h + l - 7 * m + 114;
    return LocalDate.of(year, monthAndDay / 31, monthAndDay % 31 + 1);
  }
}
