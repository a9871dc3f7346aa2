package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Timespan;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Which bars are wanted.
 *
 * @param ticker the symbol
 * @param multiplier units per window
 * @param timespan the unit
 * @param fromMillis first instant, inclusive
 * @param toMillis last instant, inclusive
 * @param adjusted true to adjust for splits
 * @param descending true for newest first
 * @param limit most base bars to scan
 */
public record AggsQuery(
    String ticker,
    int multiplier,
    Timespan timespan,
    long fromMillis,
    long toMillis,
    boolean adjusted,
    boolean descending,
    int limit) {
  private static final int DEFAULT_LIMIT = 5_000;
  private static final int MOST = 50_000;

  static AggsQuery read(Ask ask, TradingCalendar calendar) {
    Timespan timespan = Timespan.of(ask.segment(2))
        .orElseThrow(() ->
            new BadRequest("Could not parse the parameter 'timespan': '" + ask.segment(2) + "'."));
    int multiplier = multiplier(ask.segment(1));
    long from = instant("from", ask.segment(3), false, calendar);
    long to = instant("to", ask.segment(4), true, calendar);
    if (to < from) {
      throw new BadRequest("The parameter 'to' cannot be a time that occurs before 'from'");
    }
    String sort = ask.param("sort", "asc");
    if (!sort.equals("asc") && !sort.equals("desc")) {
      throw new BadRequest("Could not parse the parameter 'sort': '" + sort + "'.");
    }
    boolean adjusted = flag("adjusted", ask.param("adjusted", "true"));
    return new AggsQuery(
        ask.segment(0),
        multiplier,
        timespan,
        from,
        to,
        adjusted,
        sort.equals("desc"),
        ask.limit(DEFAULT_LIMIT, MOST));
  }

  private static int multiplier(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= 100_000) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new BadRequest("Could not parse the parameter 'multiplier': '" + text + "'.");
    }
    throw new BadRequest("The parameter 'multiplier' must be a positive number.");
  }

  private static boolean flag(String name, String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new BadRequest("Could not parse the parameter '" + name + "': '" + text + "'.");
  }

  static long instant(String name, String text, boolean end, TradingCalendar calendar) {
    try {
      if (text.length() == 10 && text.charAt(4) == '-') {
        LocalDate date = LocalDate.parse(text);
        return end ? calendar.startOf(date.plusDays(1)) - 1 : calendar.startOf(date);
      }
      long millis = Long.parseLong(text);
      if (millis >= 0 && millis < 253_402_300_800_000L) {
        return millis;
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new BadRequest("Could not parse the time parameter '" + name + "'. Use YYYY-MM-DD or"
          + " Unix MS Timestamps");
    }
    throw new BadRequest("The parameter '" + name + "' is out of range.");
  }
}
