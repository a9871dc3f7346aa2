package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Timespan;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.rest.AggsEngine;
import io.candlehub.simulator.rest.AggsQuery;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** History by days, weeks and months, and time and sales. Safe anywhere, may block. */
final class HistoryDocuments {
  private static final int MOST_BARS = 1_000_000;
  private static final int MOST_TICKS = 20_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private final MarketView view;
  private final TradingCalendar calendar;
  private final AggsEngine engine;
  private final Symbols symbols;

  HistoryDocuments(MarketView view, AggsEngine engine, Symbols symbols) {
    this.view = view;
    this.calendar = view.calendar();
    this.engine = engine;
    this.symbols = symbols;
  }

  private Bars bars(
      String ticker, int multiplier, Timespan timespan, MarketView.Range range, long nowMillis) {
    AggsQuery query = new AggsQuery(
        ticker,
        multiplier,
        timespan,
        range.fromMillis(),
        range.toMillis() - 1,
        true,
        false,
        MOST_BARS);
    return range.fromMillis() < range.toMillis()
        ? engine.find(query, nowMillis).bars()
        : Bars.empty();
  }

  /** Answers {@code /markets/history}. */
  JsonObject history(Request request) {
    Optional<String> ticker = symbols.ticker(request.needed("symbol"));
    String interval = request.text("interval");
    Timespan timespan = switch (interval) {
      case "", "daily" -> Timespan.DAY;
      case "weekly" -> Timespan.WEEK;
      case "monthly" -> Timespan.MONTH;
      default ->
        throw new Request.Refused(
            "Invalid parameter, interval: must be one of daily, weekly, monthly.");
    };
    LocalDate today = calendar.dateOf(request.nowMillis());
    LocalDate from = request.date("start").orElse(LocalDate.of(today.getYear(), 1, 1));
    LocalDate to = request.date("end").orElse(today);
    MarketView.Range range =
        new MarketView.Range(calendar.startOf(from), calendar.startOf(to.plusDays(1)));
    List<JsonObject> rows = new ArrayList<>();
    if (ticker.isPresent()) {
      Bars bars = bars(ticker.get(), 1, timespan, range, request.nowMillis());
      for (int i = 0; i < bars.size(); i++) {
        rows.add(prices(bars, i, "date", calendar.dateOf(bars.startMillis(i)).toString()));
      }
    }
    return Collapsed.document("history", "day", rows);
  }

  private static JsonObject prices(Bars bars, int i, String key, String time) {
    return new JsonObject()
        .put(key, time)
        .put("open", bars.open(i))
        .put("high", bars.high(i))
        .put("low", bars.low(i))
        .put("close", bars.close(i))
        .put("volume", (long) bars.volume(i));
  }

  /** Answers {@code /markets/timesales}. */
  JsonObject timesales(Request request) {
    Optional<String> ticker = symbols.ticker(request.needed("symbol"));
    LocalDate today = calendar.dateOf(request.nowMillis());
    long from = request.instant("start", calendar, false).orElse(calendar.startOf(today));
    long to = request.instant("end", calendar, true).orElse(request.nowMillis() + 1);
    boolean open = request.text("session_filter").equals("open");
    MarketView.Range range = new MarketView.Range(from, Math.min(to, request.nowMillis() + 1));
    int minutes = switch (request.text("interval")) {
      case "", "tick" -> 0;
      case "1min" -> 1;
      case "5min" -> 5;
      case "15min" -> 15;
      default ->
        throw new Request.Refused(
            "Invalid parameter, interval: must be one of tick, 1min, 5min, 15min.");
    };
    List<JsonObject> rows = new ArrayList<>();
    if (ticker.isPresent() && minutes == 0) {
      ticks(ticker.get(), range, open, rows);
    } else if (ticker.isPresent()) {
      Bars bars = bars(ticker.get(), minutes, Timespan.MINUTE, range, request.nowMillis());
      for (int i = 0; i < bars.size(); i++) {
        if (!open || isOpen(bars.startMillis(i))) {
          rows.add(bar(bars, i));
        }
      }
    }
    return Collapsed.document("series", "data", rows);
  }

  private boolean isOpen(long millis) {
    return calendar
        .day(calendar.dateOf(millis))
        .filter(day -> millis >= day.openMillis() && millis < day.closeMillis())
        .isPresent();
  }

  private String time(long millis) {
    return Instant.ofEpochMilli(millis).atZone(calendar.zone()).format(TIME);
  }

  private JsonObject bar(Bars bars, int i) {
    double price = (bars.high(i) + bars.low(i)) / 2;
    double vwap = bars.vwap(i) > 0 ? bars.vwap(i) : price;
    return prices(bars, i, "time", time(bars.startMillis(i)))
        .put("timestamp", bars.startMillis(i) / 1_000)
        .put("price", JsonText.round4(price))
        .put("vwap", JsonText.round4(vwap));
  }

  private void ticks(String ticker, MarketView.Range range, boolean open, List<JsonObject> rows) {
    for (TradingDay day : calendar.between(
        calendar.dateOf(range.fromMillis()), calendar.dateOf(range.toMillis() - 1))) {
      Trades trades = view.day(ticker, day, Market.Detail.TRADES)
          .trades(
              Math.max(range.fromMillis(), open ? day.openMillis() : day.preOpenMillis()),
              Math.min(range.toMillis(), open ? day.closeMillis() : day.postCloseMillis()));
      for (int i = 0; i < trades.size() && rows.size() < MOST_TICKS; i++) {
        double price = trades.price(i);
        rows.add(new JsonObject()
            .put("time", time(trades.millis(i)))
            .put("timestamp", trades.millis(i) / 1_000)
            .put("price", price)
            .put("open", price)
            .put("high", price)
            .put("low", price)
            .put("close", price)
            .put("volume", trades.shares(i))
            .put("vwap", price));
      }
    }
  }
}
