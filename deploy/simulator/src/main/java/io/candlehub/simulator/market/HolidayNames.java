package io.candlehub.simulator.market;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** What the stock exchanges' holidays are called. Pure. */
public final class HolidayNames {
  private HolidayNames() {}

  /** Returns the name of the holiday a weekday belongs to. */
  public static String of(LocalDate date) {
    return switch (date.getMonth()) {
      case JANUARY -> date.getDayOfMonth() <= 2 ? "New Years Day" : "Martin Luther King, Jr. Day";
      case FEBRUARY -> "Washington's Birthday";
      case MARCH, APRIL -> "Good Friday";
      case MAY -> "Memorial Day";
      case JUNE -> "Juneteenth";
      case JULY -> "Independence Day";
      case SEPTEMBER -> "Labor Day";
      case NOVEMBER -> "Thanksgiving";
      case DECEMBER -> date.getDayOfMonth() >= 30 ? "New Years Day" : "Christmas";
      default -> "Market Holiday";
    };
  }

  /** Returns true on Saturdays and Sundays. */
  public static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
  }
}
