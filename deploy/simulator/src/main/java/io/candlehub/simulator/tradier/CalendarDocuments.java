package io.candlehub.simulator.tradier;

import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.HolidayNames;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clock and the calendar. Safe anywhere. */
final class CalendarDocuments {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
  private static final String PREMARKET = "07:00";
  private static final String PREMARKET_END = "09:24";
  private static final String POSTMARKET_END = "19:55";

  private final TradingCalendar calendar;

  CalendarDocuments(TradingCalendar calendar) {
    this.calendar = calendar;
  }

  private String hour(long millis) {
    return Instant.ofEpochMilli(millis).atZone(calendar.zone()).format(HOUR);
  }

  /** Answers {@code /markets/clock}. */
  JsonObject clock(Request request) {
    long now = request.nowMillis();
    LocalDate date = calendar.dateOf(now);
    Optional<TradingDay> today = calendar.day(date);
    SessionPhase phase = calendar.phaseAt(now);
    TradingDay next =
        today.filter(day -> now < day.preOpenMillis()).orElseGet(() -> calendar.next(date));
    String state = name(phase);
    JsonObject clock = new JsonObject().put("date", date.toString()).put("state", state);
    switch (phase) {
      case PRE -> change(clock, "Market is in premarket", today.orElseThrow().openMillis(), "open");
      case OPEN ->
        change(
            clock,
            "Market is open from " + hour(today.orElseThrow().openMillis()) + " to "
                + hour(today.orElseThrow().closeMillis()),
            today.orElseThrow().closeMillis(),
            "postmarket");
      case POST ->
        change(clock, "Market is in postmarket", today.orElseThrow().postCloseMillis(), "closed");
      case CLOSED -> change(clock, "Market is closed", next.preOpenMillis(), "premarket");
    }
    return new JsonObject().put("clock", clock.put("timestamp", now / 1_000));
  }

  private static String name(SessionPhase phase) {
    return switch (phase) {
      case PRE -> "premarket";
      case OPEN -> "open";
      case POST -> "postmarket";
      case CLOSED -> "closed";
    };
  }

  private void change(JsonObject clock, String description, long nextMillis, String next) {
    clock
        .put("description", description)
        .put("next_change", hour(nextMillis))
        .put("next_state", next);
  }

  /** Answers {@code /markets/calendar}. */
  JsonObject calendar(Request request) {
    LocalDate today = calendar.dateOf(request.nowMillis());
    YearMonth month;
    try {
      month = YearMonth.of(
          number(request.text("year"), today.getYear()),
          number(request.text("month"), today.getMonthValue()));
    } catch (DateTimeException | NumberFormatException e) {
      throw new Request.Refused("Invalid parameter, month: must be a month and a year.");
    }
    List<JsonObject> days = new ArrayList<>();
    for (int i = 1; i <= month.lengthOfMonth(); i++) {
      days.add(day(month.atDay(i)));
    }
    return new JsonObject()
        .put(
            "calendar",
            new JsonObject()
                .put("month", month.getMonthValue())
                .put("year", month.getYear())
                .put("days", new JsonObject().put("day", Collapsed.list(days))));
  }

  private static int number(String text, int fallback) {
    return text.isEmpty() ? fallback : Integer.parseInt(text);
  }

  private JsonObject day(LocalDate date) {
    JsonObject row = new JsonObject().put("date", date.toString());
    Optional<TradingDay> found = calendar.day(date);
    if (found.isEmpty()) {
      String why = HolidayNames.isWeekend(date) ? "" : " for " + HolidayNames.of(date);
      return row.put("status", "closed").put("description", "Market is closed" + why);
    }
    TradingDay day = found.get();
    String close = hour(day.closeMillis());
    return row.put("status", "open")
        .put("description", day.earlyClose() ? "Market is open until " + close : "Market is open")
        .put("premarket", window(PREMARKET, PREMARKET_END))
        .put("open", window(hour(day.openMillis()), close))
        .put(
            "postmarket",
            window(close, day.earlyClose() ? hour(day.postCloseMillis()) : POSTMARKET_END));
  }

  private static JsonObject window(String start, String end) {
    return new JsonObject().put("start", start).put("end", end);
  }
}
