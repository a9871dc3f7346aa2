package io.candlehub.gateway.udf;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The sessions of an instrument in the words of chart libraries. A stretch is {@code HHMM-HHMM} in the exchange's zone and
 * begins on the evening before if its start is the later of both; libraries take it for Monday to Friday.
 *
 * @param extended all sessions of a usual day
 * @param regular the regular session of a usual day
 * @param corrections days of other hours, each as {@code HHMM-HHMM:YYYYMMDD}, with a semicolon between them
 * @param holidays weekdays without trading, each as {@code YYYYMMDD}, with a comma between them
 */
record SessionWords(String extended, String regular, String corrections, String holidays) {
  private static final int YEARS_BACK = 5;
  private static final int YEARS_AHEAD = 1;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmm");

  /** Returns the words for the years around a date. */
  static SessionWords around(TradingCalendar calendar, LocalDate date) {
    ZoneId zone = calendar.zone();
    TradingDay usual = usual(calendar, date);
    String extended = extended(usual, zone);
    StringJoiner corrections = new StringJoiner(";");
    StringJoiner holidays = new StringJoiner(",");
    LocalDate last = LocalDate.of(date.getYear() + YEARS_AHEAD, 12, 31);
    for (LocalDate d = LocalDate.of(date.getYear() - YEARS_BACK, 1, 1);
        !d.isAfter(last);
        d = d.plusDays(1)) {
      String name = DateTimeFormatter.BASIC_ISO_DATE.format(d);
      boolean weekday = d.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0;
      calendar
          .day(d)
          .map(day -> extended(day, zone))
          .ifPresentOrElse(
              words -> {
                if (!words.equals(extended)) {
                  corrections.add(words + ":" + name);
                }
              },
              () -> {
                if (weekday) {
                  holidays.add(name);
                }
              });
    }
    String regular = stretch(usual.openMillis(), usual.closeMillis(), zone);
    return new SessionWords(extended, regular, corrections.toString(), holidays.toString());
  }

  private static TradingDay usual(TradingCalendar calendar, LocalDate date) {
    TradingDay day = calendar.atOrBefore(date);
    while (day.earlyClose()) {
      day = calendar.previous(day.date());
    }
    return day;
  }

  private static String extended(TradingDay day, ZoneId zone) {
    List<String> stretches = new ArrayList<>();
    long from = day.preOpenMillis();
    for (TradingDay.Break pause : day.breaks()) {
      stretches.add(stretch(from, pause.fromMillis(), zone));
      from = pause.toMillis();
    }
    stretches.add(stretch(from, day.postCloseMillis(), zone));
    return String.join(",", stretches);
  }

  private static String stretch(long fromMillis, long toMillis, ZoneId zone) {
    return clock(fromMillis, zone) + "-" + clock(toMillis, zone);
  }

  private static String clock(long millis, ZoneId zone) {
    return CLOCK.format(Instant.ofEpochMilli(millis).atZone(zone));
  }
}
