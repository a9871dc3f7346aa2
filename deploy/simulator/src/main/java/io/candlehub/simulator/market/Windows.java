package io.candlehub.simulator.market;

import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;

/**
 * Where the windows of one multiplier and timespan begin and end.
 *
 * <p>Intraday windows are counted from midnight in New York and never reach over it; days from the epoch, weeks from
 * Sunday, months and longer from year 0. Source: the provider's knowledge base on how aggregates snap. Threads: confined
 * to one computation.
 */
public final class Windows {
  private final int multiplier;
  private final Timespan timespan;
  private final TradingCalendar calendar;
  private long dayStartMillis = 1;
  private long dayEndMillis;

  /** Creates the windows of a multiplier and timespan. */
  public Windows(int multiplier, Timespan timespan, TradingCalendar calendar) {
    this.multiplier = multiplier;
    this.timespan = timespan;
    this.calendar = calendar;
  }

  /** Returns the start of the window an instant lies in. */
  public long startOf(long millis) {
    if (!timespan.isIntraday()) {
      return calendar.startOf(firstDate(calendar.dateOf(millis)));
    }
    enterDay(millis);
    long width = widthMillis();
    return dayStartMillis + Math.floorDiv(millis - dayStartMillis, width) * width;
  }

  /** Returns the end, exclusive, of the window an instant lies in. */
  public long endOf(long millis) {
    if (!timespan.isIntraday()) {
      return calendar.startOf(nextDate(firstDate(calendar.dateOf(millis))));
    }
    return Math.min(startOf(millis) + widthMillis(), dayEndMillis);
  }

  private long widthMillis() {
    return multiplier * timespan.unitMillis();
  }

  private void enterDay(long millis) {
    if (millis < dayStartMillis || millis >= dayEndMillis) {
      LocalDate date = calendar.dateOf(millis);
      dayStartMillis = calendar.startOf(date);
      dayEndMillis = calendar.startOf(date.plusDays(1));
    }
  }

  private LocalDate firstDate(LocalDate date) {
    return switch (timespan) {
      case WEEK ->
        LocalDate.ofEpochDay(
            Math.floorDiv(date.toEpochDay() - 3, 7L * multiplier) * 7L * multiplier + 3);
      case MONTH -> firstMonth(date, multiplier);
      case QUARTER -> firstMonth(date, multiplier * 3);
      case YEAR -> firstMonth(date, multiplier * 12);
      default ->
        LocalDate.ofEpochDay(Math.floorDiv(date.toEpochDay(), (long) multiplier) * multiplier);
    };
  }

  private static LocalDate firstMonth(LocalDate date, int months) {
    int month = date.getYear() * 12 + date.getMonthValue() - 1;
    int first = Math.floorDiv(month, months) * months;
    return LocalDate.of(Math.floorDiv(first, 12), Math.floorMod(first, 12) + 1, 1);
  }

  private LocalDate nextDate(LocalDate first) {
    return switch (timespan) {
      case WEEK -> first.plusWeeks(multiplier);
      case MONTH -> first.plusMonths(multiplier);
      case QUARTER -> first.plusMonths(multiplier * 3L);
      case YEAR -> first.plusYears(multiplier);
      default -> first.plusDays(multiplier);
    };
  }
}
