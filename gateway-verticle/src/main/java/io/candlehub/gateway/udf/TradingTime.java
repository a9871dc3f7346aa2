package io.candlehub.gateway.udf;

import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Converts between our times and those of the protocol, and counts trading time backwards. Pure. */
final class TradingTime {
  /** Before this nobody has bars. */
  static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

  private static final long DAY_SECONDS = 86_400;

  private final TradingCalendar calendar;

  TradingTime(TradingCalendar calendar) {
    this.calendar = calendar;
  }

  static long earliestMillis() {
    return EARLIEST.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Returns how the protocol calls a bar: its start, for days and weeks 00:00 UTC of the trade date. */
  long secondsOf(Timeframe timeframe, long startMillis) {
    return timeframe.isIntraday()
        ? Math.floorDiv(startMillis, 1_000)
        : dateOf(startMillis).toEpochDay() * DAY_SECONDS;
  }

  private LocalDate dateOf(long startMillis) {
    return Instant.ofEpochMilli(startMillis).atZone(calendar.zone()).toLocalDate();
  }

  /** Returns the start of the first bar that the protocol calls {@code seconds} or later. */
  long firstMillis(Timeframe timeframe, long seconds) {
    return timeframe.isIntraday()
        ? seconds * 1_000
        : calendar.startOf(LocalDate.ofEpochDay(-Math.floorDiv(-seconds, DAY_SECONDS)));
  }

  /** Returns the instant so much trading time before another one, counting every session and no pause between them. */
  long before(long millis, long tradingMillis) {
    long left = tradingMillis;
    TradingDay day = calendar.atOrBefore(calendar.dateOf(millis));
    while (day.date().isAfter(EARLIEST)) {
      long end = Math.min(millis, day.postCloseMillis());
      long length = Math.max(0, end - day.preOpenMillis());
      if (left <= length) {
        return end - left;
      }
      left -= length;
      day = calendar.previous(day.date());
    }
    return earliestMillis();
  }
}
