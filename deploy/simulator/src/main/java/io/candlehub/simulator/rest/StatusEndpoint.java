package io.candlehub.simulator.rest;

import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.HolidayNames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether the market is open, and when it will not be. Safe anywhere. */
final class StatusEndpoint {
  private static final int DAYS_AHEAD = 400;
  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final String[] EXCHANGES = {"NYSE", "NASDAQ", "OTC"};
  private static final String[] INDEX_GROUPS = {
    "s_and_p",
    "dow_jones",
    "nasdaq",
    "cccy",
    "cgi",
    "ftse_russell",
    "msci",
    "mstar",
    "mstarc",
    "societe_generale"
  };

  private final TradingCalendar calendar;

  StatusEndpoint(TradingCalendar calendar) {
    this.calendar = calendar;
  }

  /** Answers {@code /v1/marketstatus/now}. */
  Answer now(Ask ask) {
    SessionPhase phase = calendar.phaseAt(ask.nowMillis());
    String market = switch (phase) {
      case OPEN -> "open";
      case PRE, POST -> "extended-hours";
      case CLOSED -> "closed";
    };
    JsonObject exchanges =
        new JsonObject().put("nasdaq", market).put("nyse", market).put("otc", market);
    JsonObject groups = new JsonObject();
    for (String group : INDEX_GROUPS) {
      groups.put(group, phase == SessionPhase.OPEN ? "open" : "closed");
    }
    String serverTime = Instant.ofEpochMilli(ask.nowMillis())
        .atZone(calendar.zone())
        .truncatedTo(ChronoUnit.SECONDS)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    return Answer.json(new JsonObject()
        .put("market", market)
        .put("earlyHours", phase == SessionPhase.PRE)
        .put("afterHours", phase == SessionPhase.POST)
        .put("serverTime", serverTime)
        .put("exchanges", exchanges)
        .put("currencies", new JsonObject().put("crypto", "open").put("fx", "open"))
        .put("indicesGroups", groups));
  }

  /** Answers {@code /v1/marketstatus/upcoming}. */
  Answer upcoming(Ask ask) {
    LocalDate today = calendar.dateOf(ask.nowMillis());
    JsonArray rows = new JsonArray();
    for (int i = 1; i <= DAYS_AHEAD; i++) {
      LocalDate date = today.plusDays(i);
      if (HolidayNames.isWeekend(date)) {
        continue;
      }
      Optional<TradingDay> day = calendar.day(date);
      if (day.isEmpty() || day.get().earlyClose()) {
        for (String exchange : EXCHANGES) {
          rows.add(row(date, exchange, day));
        }
      }
    }
    return Answer.json(rows.encode());
  }

  private static JsonObject row(LocalDate date, String exchange, Optional<TradingDay> day) {
    JsonObject row = new JsonObject()
        .put("date", date.toString())
        .put("exchange", exchange)
        .put("name", HolidayNames.of(date))
        .put("status", day.isPresent() ? "early-close" : "closed");
    day.ifPresent(
        early -> row.put("open", utc(early.openMillis())).put("close", utc(early.closeMillis())));
    return row;
  }

  private static String utc(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).format(UTC_MILLIS);
  }
}
