package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Timespan;
import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;

/** The aggregate documents: ranges, the previous day, and one day of all symbols. Safe anywhere, may block. */
final class AggsEndpoint {
  private final MarketView view;
  private final TradingCalendar calendar;
  private final AggsEngine engine;

  AggsEndpoint(MarketView view, AggsEngine engine) {
    this.view = view;
    this.calendar = view.calendar();
    this.engine = engine;
  }

  /** Answers {@code /v2/aggs/ticker/{t}/range/{m}/{timespan}/{from}/{to}}. */
  Answer range(Ask ask) {
    AggsQuery query = AggsQuery.read(ask, calendar);
    AggsResult result = engine.find(query, ask.nowMillis());
    StringBuilder out = new StringBuilder(200 + result.bars().size() * 110);
    head(
        out, query.ticker(), query.adjusted(), result.baseCount(), result.bars().size());
    out.append(",\"status\":\"").append(ask.okStatus()).append("\",\"request_id\":\"");
    out.append(ask.requestId()).append("\",\"count\":").append(result.bars().size());
    if (result.bars().size() > 0) {
      out.append(",\"results\":");
      rows(out, result.bars(), query.descending(), !isIndex(query.ticker()));
    }
    if (result.isCut()) {
      out.append(",\"next_url\":\"").append(nextUrl(ask, query, result)).append('"');
    }
    return Answer.json(out.append('}').toString());
  }

  private static void head(
      StringBuilder out, String ticker, boolean adjusted, int queryCount, int resultsCount) {
    out.append("{\"ticker\":").append(Json.encode(ticker));
    out.append(",\"adjusted\":").append(adjusted);
    out.append(",\"queryCount\":").append(queryCount);
    out.append(",\"resultsCount\":").append(resultsCount);
  }

  private static String nextUrl(Ask ask, AggsQuery query, AggsResult result) {
    String from = query.descending() ? ask.segment(3) : Long.toString(result.nextMillis());
    String to = query.descending() ? Long.toString(result.nextMillis()) : ask.segment(4);
    String rest = "adjusted=" + query.adjusted() + "&limit=" + query.limit() + "&sort="
        + (query.descending() ? "desc" : "asc");
    String cursor = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(rest.getBytes(StandardCharsets.UTF_8));
    return ask.base() + "/v2/aggs/ticker/"
        + URLEncoder.encode(query.ticker(), StandardCharsets.UTF_8) + "/range/" + query.multiplier()
        + "/" + ask.segment(2) + "/" + from + "/" + to + "?cursor=" + cursor;
  }

  /** Appends bars as an array of rows. */
  static void rows(StringBuilder out, Bars bars, boolean descending, boolean traded) {
    out.append('[');
    int size = bars.size();
    for (int k = 0; k < size; k++) {
      if (k > 0) {
        out.append(',');
      }
      row(out, bars.row(descending ? size - 1 - k : k), "", traded);
    }
    out.append(']');
  }

  private static boolean isIndex(String ticker) {
    return ticker.startsWith("I:");
  }

  private static void row(StringBuilder out, BarRow bar, String ticker, boolean traded) {
    out.append('{');
    if (!ticker.isEmpty()) {
      out.append("\"T\":\"").append(ticker).append("\",");
    }
    if (traded) {
      field(out, "v", bar.volume());
      out.append(',');
    }
    if (traded && bar.vwap() > 0) {
      field(out, "vw", JsonText.round4(bar.vwap()));
      out.append(',');
    }
    field(out, "o", bar.open());
    field(out.append(','), "c", bar.close());
    field(out.append(','), "h", bar.high());
    field(out.append(','), "l", bar.low());
    out.append(",\"t\":").append(bar.startMillis());
    if (bar.count() > 0) {
      out.append(",\"n\":").append(bar.count());
    }
    out.append('}');
  }

  private static void field(StringBuilder out, String name, double value) {
    out.append('"').append(name).append("\":");
    JsonText.number(out, value);
  }

  /** Answers {@code /v2/aggs/ticker/{t}/prev}: the last trading day that is over. */
  Answer previous(Ask ask) {
    LocalDate today = calendar.dateOf(ask.nowMillis());
    TradingDay last = calendar.previous(today);
    AggsQuery query = new AggsQuery(
        ask.segment(0),
        1,
        Timespan.DAY,
        calendar.startOf(last.date().minusDays(10)),
        calendar.startOf(last.date()),
        !ask.param("adjusted", "true").equals("false"),
        false,
        5_000);
    Bars found = engine.find(query, ask.nowMillis()).bars();
    int rows = Math.min(1, found.size());
    StringBuilder out = new StringBuilder(300);
    head(out, query.ticker(), query.adjusted(), rows, rows);
    out.append(",\"status\":\"").append(ask.okStatus()).append("\",\"request_id\":\"");
    out.append(ask.requestId()).append("\",\"count\":").append(rows);
    if (rows > 0) {
      out.append(",\"results\":[");
      row(out, found.row(found.size() - 1), query.ticker(), !isIndex(query.ticker()));
      out.append(']');
    }
    return Answer.json(out.append('}').toString());
  }

  /** Answers {@code /v2/aggs/grouped/locale/us/market/stocks/{date}}. */
  Answer grouped(Ask ask) {
    long from = AggsQuery.instant("date", ask.segment(0), false, calendar);
    boolean adjusted = !ask.param("adjusted", "true").equals("false");
    StringBuilder rows = new StringBuilder();
    int count = 0;
    for (Listing listing : view.market().listings()) {
      AggsQuery query =
          new AggsQuery(listing.ticker(), 1, Timespan.DAY, from, from, adjusted, false, 10);
      Bars found = engine.find(query, ask.nowMillis()).bars();
      if (found.size() > 0) {
        row(rows.append(count == 0 ? "" : ","), found.row(0), listing.ticker(), true);
        count++;
      }
    }
    StringBuilder out = new StringBuilder(rows.length() + 200);
    out.append("{\"queryCount\":").append(count).append(",\"resultsCount\":").append(count);
    out.append(",\"adjusted\":").append(adjusted);
    if (count > 0) {
      out.append(",\"results\":[").append(rows).append(']');
    }
    out.append(",\"status\":\"").append(ask.okStatus()).append("\",\"request_id\":\"");
    out.append(ask.requestId()).append("\",\"count\":").append(count).append('}');
    return Answer.json(out.toString());
  }
}
