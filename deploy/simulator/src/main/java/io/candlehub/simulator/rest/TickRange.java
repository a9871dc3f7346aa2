package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Which instants are wanted.
 *
 * @param firstNanos first, inclusive
 * @param lastNanos last, inclusive
 * @param skipped rows of the first instant, in the order asked for, that were told already
 */
record TickRange(long firstNanos, long lastNanos, long skipped) {
  private static final long MILLI = 1_000_000;
  private static final long DAY = 86_400_000L * MILLI;
  private static final String NAME = "timestamp";

  static TickRange read(Ask ask, TradingCalendar calendar) {
    long first = 0;
    long last = Long.MAX_VALUE / 2;
    String only = ask.param(NAME, "");
    if (!only.isEmpty()) {
      first = nanos(only, calendar);
      last = only.length() == 10 ? first + DAY - 1 : first;
    }
    for (String suffix : new String[] {".gte", ".gt", ".lte", ".lt"}) {
      String text = ask.param(NAME + suffix, "");
      if (!text.isEmpty()) {
        long at = nanos(text, calendar);
        boolean date = text.length() == 10;
        switch (suffix) {
          case ".gte" -> first = Math.max(first, at);
          case ".gt" -> first = Math.max(first, date ? at + DAY : at + 1);
          case ".lte" -> last = Math.min(last, date ? at + DAY - 1 : at);
          default -> last = Math.min(last, at - 1);
        }
      }
    }
    return new TickRange(first, last, skipped(ask));
  }

  private static long skipped(Ask ask) {
    try {
      return Long.parseLong(ask.param("ap", "0"));
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter 'cursor' could not be parsed.");
    }
  }

  private static long nanos(String text, TradingCalendar calendar) {
    try {
      if (text.length() == 10 && text.charAt(4) == '-') {
        return calendar.startOf(LocalDate.parse(text)) * MILLI;
      }
      if (text.indexOf('T') > 0) {
        Instant instant = Instant.parse(text);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
      }
      return Long.parseLong(text);
    } catch (DateTimeException | NumberFormatException e) {
      throw new BadRequest("Could not parse the time parameter 'timestamp'. Use YYYY-MM-DD or a"
          + " nanosecond timestamp");
    }
  }

  long firstMillis() {
    return firstNanos / MILLI;
  }

  long lastMillis() {
    return lastNanos / MILLI;
  }

  boolean holds(long nanos) {
    return nanos >= firstNanos && nanos <= lastNanos;
  }

  boolean isEdge(long nanos, boolean descending) {
    return nanos == (descending ? lastNanos : firstNanos);
  }
}
