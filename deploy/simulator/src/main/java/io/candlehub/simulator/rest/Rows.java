package io.candlehub.simulator.rest;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Trades;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Pieces of the third version's documents. Pure. */
final class Rows {
  private static final long NANOS = 1_000_000;

  private Rows() {}

  static String timeframe(Ask ask) {
    return ask.delayed() ? "DELAYED" : "REAL-TIME";
  }

  static String decimal(double value) {
    StringBuilder out = new StringBuilder();
    JsonText.decimal(out, value);
    return out.substring(1, out.length() - 1);
  }

  /** Returns condition ids as a list. */
  static JsonArray conditions(String ids) {
    return new JsonArray("[" + ids + "]");
  }

  /** Returns the last quote of a snapshot; the list must have a row. */
  static JsonObject lastQuote(Ask ask, Quotes quotes) {
    Quotes.Side bid = quotes.bid(0);
    Quotes.Side ask0 = quotes.ask(0);
    return new JsonObject()
        .put("bid", bid.price())
        .put("bid_size", bid.size())
        .put("bid_exchange", bid.exchange())
        .put("ask", ask0.price())
        .put("ask_size", ask0.size())
        .put("ask_exchange", ask0.exchange())
        .put("midpoint", JsonText.round6((bid.price() + ask0.price()) / 2))
        .put("last_updated", quotes.nanos(0))
        .put("timeframe", timeframe(ask));
  }

  /** Returns the last trade of a snapshot; the list must have a row. */
  static JsonObject lastTrade(Ask ask, Trades trades) {
    return new JsonObject()
        .put("price", trades.price(0))
        .put("size", trades.shares(0))
        .put("decimal_size", decimal((double) trades.shares(0)))
        .put("exchange", trades.exchange(0))
        .put("conditions", conditions(trades.conditions(0)))
        .put("sip_timestamp", trades.nanos(0))
        .put("timeframe", timeframe(ask));
  }

  /** Returns open, high, low and close of a bar. */
  static JsonObject prices(BarRow bar) {
    return new JsonObject()
        .put("open", bar.open())
        .put("high", bar.high())
        .put("low", bar.low())
        .put("close", bar.close());
  }

  /** Adds the previous close and the change since. */
  static void putChange(JsonObject into, double price, double previous) {
    if (!Double.isNaN(previous) && previous > 0) {
      into.put("previous_close", previous)
          .put("change", JsonText.round4(price - previous))
          .put("change_percent", JsonText.round4((price - previous) / previous * 100));
    }
  }

  static long nanos(long millis) {
    return millis * NANOS;
  }
}
