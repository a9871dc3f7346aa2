package io.candlehub.hub.store;

import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;

/** Length of the bars a store keeps; longer bars are derived from these. */
public enum StoreUnit {
  /** Bars of one second. */
  SECOND("second", 3),
  /** Bars of one minute. */
  MINUTE("minute", 1),
  /** Bars of one trade date. */
  DAY("day", 2);

  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();

  private final String timespan;
  private final int code;

  StoreUnit(String timespan, int code) {
    this.timespan = timespan;
    this.code = code;
  }

  static StoreUnit ofCode(int code) {
    for (StoreUnit unit : values()) {
      if (unit.code == code) {
        return unit;
      }
    }
    throw new IllegalStateException("unit code " + code + " is unknown");
  }

  /** Returns the unit's name in documents. */
  String timespan() {
    return timespan;
  }

  /** Returns the number that stands for the unit in keys; it never changes. */
  int code() {
    return code;
  }

  /** Returns the first date of the block that holds a bar: its year for days, else its day. */
  LocalDate blockOf(long startMillis) {
    LocalDate date = CALENDAR.dateOf(startMillis);
    return this == DAY ? date.withDayOfYear(1) : date;
  }

  /** Returns the first instant behind a block. */
  long blockEndMillis(LocalDate block) {
    return CALENDAR.startOf(this == DAY ? block.plusYears(1) : block.plusDays(1));
  }
}
