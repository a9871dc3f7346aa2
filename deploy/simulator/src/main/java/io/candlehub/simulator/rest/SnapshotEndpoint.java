package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.DayRollUp;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The snapshots of shares: day, minute, previous day, last trade and quote. Safe anywhere, may block. */
final class SnapshotEndpoint {
  private static final long RESET_BEFORE_OPEN_MILLIS = 30 * 60_000;
  private static final long NANOS = 1_000_000;

  private final MarketView view;
  private final TradingCalendar calendar;

  SnapshotEndpoint(MarketView view) {
    this.view = view;
    this.calendar = view.calendar();
  }

  /** Answers {@code /v2/snapshot/locale/us/markets/stocks/tickers}; unknown tickers are left out. */
  Answer many(Ask ask) {
    String wanted = ask.param("tickers", "");
    List<String> tickers = wanted.isEmpty()
        ? view.market().listings().stream().map(Listing::ticker).toList()
        : List.of(wanted.split(",", -1));
    JsonArray rows = new JsonArray();
    for (String ticker : tickers) {
      if (isShare(ticker)) {
        rows.add(snapshot(ticker, ask.nowMillis()));
      }
    }
    return Answer.json(new JsonObject()
        .put("status", ask.okStatus())
        .put("request_id", ask.requestId())
        .put("count", rows.size())
        .put("tickers", rows));
  }

  /** Answers {@code /v2/snapshot/locale/us/markets/stocks/tickers/{t}}. */
  Answer one(Ask ask) {
    String ticker = ask.segment(0);
    if (!isShare(ticker)) {
      return Answer.tickerNotFound(ask.requestId());
    }
    return Answer.json(new JsonObject()
        .put("status", ask.okStatus())
        .put("request_id", ask.requestId())
        .put("ticker", snapshot(ticker, ask.nowMillis())));
  }

  private boolean isShare(String ticker) {
    return ticker.indexOf(':') < 0 && view.market().listing(ticker).isPresent();
  }

  private JsonObject snapshot(String ticker, long now) {
    TradingDay day = calendar.atOrBefore(calendar.dateOf(now));
    if (now < day.preOpenMillis() - RESET_BEFORE_OPEN_MILLIS) {
      day = calendar.previous(day.date());
    }
    MarketView.Range session = new MarketView.Range(day.preOpenMillis(), day.postCloseMillis());
    Bars minutes = view.minutes(ticker, day, session, now);
    Bars before = view.days(
        ticker, day.date().minusDays(10), calendar.previous(day.date()).date(), now);
    Optional<BarRow> previous =
        before.size() > 0 ? Optional.of(before.row(before.size() - 1)) : Optional.empty();
    JsonObject snapshot = new JsonObject().put("ticker", ticker);
    if (minutes.size() == 0) {
      return empty(snapshot, previous);
    }
    BarRow last = minutes.row(minutes.size() - 1);
    BarRow whole =
        DayRollUp.of(minutes, day, 0).orElseGet(() -> minutes.fold(0, minutes.size(), 0));
    double reference = previous.map(BarRow::close).orElse(whole.open());
    double change = last.close() - reference;
    SymbolDay symbolDay = view.day(ticker, day, Market.Detail.BARS);
    Bars seconds =
        symbolDay.seconds(last.startMillis(), Math.min(last.startMillis() + 60_000, now - 999));
    long updated =
        seconds.size() > 0 ? seconds.startMillis(seconds.size() - 1) + 999 : last.startMillis();
    double volume = minutes.fold(0, minutes.size(), 0).volume();
    return snapshot
        .put("todaysChange", JsonText.round4(change))
        .put("todaysChangePerc", JsonText.round4(change / reference * 100))
        .put("updated", updated * NANOS)
        .put("day", bar(whole).put("dv", decimal(whole.volume())))
        .put("min", minute(last, volume))
        .put("prevDay", bar(previous.orElse(NOTHING)))
        .put("lastTrade", trade(symbolDay, last, updated))
        .put("lastQuote", quote(symbolDay, last.startMillis(), now));
  }

  private static final BarRow NOTHING = new BarRow(0, 0, 0, 0, 0, 0, 0, 0);

  private static JsonObject empty(JsonObject snapshot, Optional<BarRow> previous) {
    return snapshot
        .put("todaysChange", 0)
        .put("todaysChangePerc", 0)
        .put("updated", 0)
        .put("day", bar(NOTHING).put("dv", "0"))
        .put("min", minute(NOTHING, 0))
        .put("prevDay", bar(previous.orElse(NOTHING)));
  }

  private static JsonObject bar(BarRow row) {
    return new JsonObject()
        .put("o", row.open())
        .put("h", row.high())
        .put("l", row.low())
        .put("c", row.close())
        .put("v", row.volume())
        .put("vw", JsonText.round4(row.vwap()));
  }

  private static JsonObject minute(BarRow row, double dayVolume) {
    JsonObject minute = bar(row)
        .put("t", row.startMillis())
        .put("dv", decimal(row.volume()))
        .put("av", dayVolume)
        .put("dav", decimal(dayVolume));
    return row.count() > 0 ? minute.put("n", row.count()) : minute;
  }

  private static String decimal(double value) {
    StringBuilder out = new StringBuilder();
    JsonText.decimal(out, value);
    return out.substring(1, out.length() - 1);
  }

  private static JsonObject trade(SymbolDay day, BarRow last, long updatedMillis) {
    Trades trades = day.trades(last.startMillis(), updatedMillis + 1);
    if (trades.size() == 0) {
      return new JsonObject()
          .put("p", last.close())
          .put("s", last.volume())
          .put("t", updatedMillis * NANOS);
    }
    int i = trades.size() - 1;
    return new JsonObject()
        .put("c", new JsonArray("[" + trades.conditions(i) + "]"))
        .put("i", Long.toString(trades.sequence(i)))
        .put("p", trades.price(i))
        .put("s", trades.shares(i))
        .put("ds", decimal((double) trades.shares(i)))
        .put("t", trades.nanos(i))
        .put("x", trades.exchange(i));
  }

  private static JsonObject quote(SymbolDay day, long fromMillis, long now) {
    Quotes quotes = day.quotes(Math.min(fromMillis, now - 300_000), now + 1).last();
    if (quotes.size() == 0) {
      return new JsonObject().put("p", 0).put("s", 0).put("P", 0).put("S", 0).put("t", 0);
    }
    int i = quotes.size() - 1;
    return new JsonObject()
        .put("p", quotes.bid(i).price())
        .put("s", quotes.bid(i).size())
        .put("P", quotes.ask(i).price())
        .put("S", quotes.ask(i).size())
        .put("t", quotes.nanos(i));
  }
}
