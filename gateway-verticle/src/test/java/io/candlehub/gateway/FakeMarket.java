package io.candlehub.gateway;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.Failure;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A hub on the bus for all but bars: options, trades, cards and what else is asked of a market. What it is asked it
 * remembers. Unknown symbols are those that begin with {@code NO}.
 */
public final class FakeMarket {
  /** The expirations of every underlying. */
  public static final List<String> DATES = List.of("2025-12-19", "2026-01-16");

  private static final List<Integer> STRIKES = List.of(640, 645, 650, 655, 660);
  private static final int SPOT = 651;

  private final EventBus bus;
  private final Map<String, JsonObject> legs = new ConcurrentHashMap<>();
  private final Map<String, List<JsonObject>> trades = new ConcurrentHashMap<>();
  private final Map<String, JsonObject> selections = new ConcurrentHashMap<>();
  private final Map<String, Double> prices = new ConcurrentHashMap<>();
  private final List<JsonObject> asked = new CopyOnWriteArrayList<>();
  private volatile boolean blind;
  private volatile double spot = SPOT;

  /** Starts to answer. */
  public FakeMarket(Vertx vertx) {
    bus = vertx.eventBus();
    answer(Addresses.COMMAND_EXPIRATIONS, this::expirations);
    answer(Addresses.COMMAND_CHAIN, this::chain);
    answer(Addresses.COMMAND_CONTRACT, this::contract);
    answer(Addresses.COMMAND_TRADES, this::trades);
    answer(Addresses.COMMAND_BOOK, FakeMarket::book);
    answer(Addresses.COMMAND_SNAPSHOTS, this::cards);
    answer(Addresses.COMMAND_INDICES, FakeMarket::indices);
    answer(Addresses.COMMAND_INDICATORS, FakeMarket::indicator);
    answer(Addresses.COMMAND_SELECTION, this::selection);
  }

  private void answer(String address, Handler<Message<JsonObject>> handler) {
    bus.<JsonObject>consumer(address, message -> {
      asked.add(message.body().copy().put("command", address));
      handler.handle(message);
    });
  }

  /** Returns what was asked so far at an address. */
  public List<JsonObject> asked(String address) {
    return asked.stream()
        .filter(question -> address.equals(question.getValue("command")))
        .toList();
  }

  /** Answers no more for cards, or does again. */
  public void blind(boolean isBlind) {
    blind = isBlind;
  }

  /** Sets the price of what has cards. */
  public void price(String symbol, double price) {
    prices.put(symbol, price);
  }

  /** Sets the price of every underlying. */
  public void spot(double price) {
    spot = price;
  }

  /** Returns the symbol of an option. */
  public static String option(String underlying, String date, char right, int strike) {
    String day = date.replace("-", "").substring(2);
    String root = underlying.replaceAll("[^A-Z]", "");
    return "O:" + root.substring(0, Math.min(5, root.length())) + day + right
        + String.format("%08d", strike * 1_000);
  }

  /** Returns a leg as hubs write it. */
  public static JsonObject leg(String symbol, double bid, boolean live) {
    return new JsonObject()
        .put("symbol", symbol)
        .put("bid", bid)
        .put("ask", bid + 0.5)
        .put("mid", bid + 0.25)
        .put("greeks", new JsonObject().put("delta", 0.5))
        .put("live", live)
        .put("reasons", new JsonObject().put("iv", "no-price"))
        .put("quality", quality());
  }

  /** Has a leg that it does not publish. */
  public void keepLeg(JsonObject leg) {
    legs.put(leg.getString("symbol"), leg);
  }

  /** Publishes legs of one expiration. */
  public void publish(
      String underlying,
      String date,
      List<JsonObject> changed,
      List<String> window,
      List<String> removed) {
    changed.forEach(this::keepLeg);
    bus.publish(
        Addresses.chain(Instrument.of(underlying)),
        new JsonObject()
            .put("underlying", underlying)
            .put("expiration", date)
            .put("legs", new JsonArray(changed))
            .put("window", new JsonArray(window))
            .put("removed", new JsonArray(removed))
            .toBuffer());
  }

  private static JsonObject quality() {
    return new JsonObject()
        .put("source", "fake")
        .put("isStale", false)
        .put("hasWarnings", false)
        .put("warnings", new JsonArray())
        .put("confidence", 100)
        .put("quality", "excellent")
        .put("updatedAt", Charts.START);
  }

  private static boolean isUnknown(Message<JsonObject> message, String name) {
    String symbol = message.body().getString(name);
    boolean unknown = symbol.startsWith("NO") || symbol.startsWith("O:NO");
    if (unknown) {
      Failure.UNKNOWN_INSTRUMENT.because("no such symbol " + symbol).replyTo(message);
    }
    return unknown;
  }

  private void expirations(Message<JsonObject> message) {
    if (!isUnknown(message, "underlying")) {
      message.reply(new JsonObject()
          .put("underlying", message.body().getString("underlying"))
          .put("expirations", new JsonArray(DATES))
          .put("quality", quality())
          .toBuffer());
    }
  }

  private void chain(Message<JsonObject> message) {
    if (isUnknown(message, "underlying")) {
      return;
    }
    String underlying = message.body().getString("underlying");
    String date = message.body().getString("expiration");
    JsonArray groups = new JsonArray();
    DATES.stream()
        .filter(each -> date == null || date.equals(each))
        .forEach(each -> groups.add(new JsonObject()
            .put("expiration", each)
            .put("root", "SPY")
            .put("strikes", strikes(underlying, each))));
    message.reply(new JsonObject()
        .put("underlying", underlying)
        .put("spot", spot)
        .put("expirations", groups)
        .put("quality", quality())
        .toBuffer());
  }

  private JsonArray strikes(String underlying, String date) {
    JsonArray strikes = new JsonArray();
    for (int strike : STRIKES) {
      strikes.add(new JsonObject()
          .put("strike", strike)
          .put("call", known(option(underlying, date, 'C', strike)))
          .put("put", known(option(underlying, date, 'P', strike))));
    }
    return strikes;
  }

  private JsonObject known(String symbol) {
    return legs.getOrDefault(symbol, leg(symbol, 1, false));
  }

  private void contract(Message<JsonObject> message) {
    if (isUnknown(message, "symbol")) {
      return;
    }
    String symbol = message.body().getString("symbol");
    message.reply(known(symbol)
        .copy()
        .put(
            "terms",
            new JsonObject()
                .put("underlying", Shards.underlying(Instrument.of(symbol)))
                .put("type", "call")
                .put("strike", 650)
                .put("expiration", DATES.get(0))
                .put("tradedUntil", 1_766_178_000_000L)
                .put("expiresAt", 1_766_178_000_000L)
                .put("exerciseStyle", "american")
                .put("settlement", "pm")
                .put("sharesPerContract", 100))
        .toBuffer());
  }

  /** Makes a trade that it does not publish. */
  public void keepTrade(String symbol, double price) {
    trades.computeIfAbsent(symbol, absent -> new CopyOnWriteArrayList<>()).add(trade(price));
  }

  /** Makes a trade and publishes it. */
  public void trade(String symbol, double price) {
    keepTrade(symbol, price);
    int count = trades.get(symbol).size();
    bus.publish(
        Addresses.trades(Instrument.of(symbol)),
        told(symbol, List.of(trade(price)), count).toBuffer());
  }

  private static JsonObject trade(double price) {
    return new JsonObject()
        .put("t", Charts.START)
        .put("p", price)
        .put("s", 1)
        .put("x", 4)
        .put("c", new JsonArray().add(14))
        .put("side", "buy")
        .put("confidence", 100);
  }

  private static JsonObject told(String symbol, List<JsonObject> some, int position) {
    return new JsonObject()
        .put("symbol", symbol)
        .put("trades", new JsonArray(some))
        .put("position", position);
  }

  private void trades(Message<JsonObject> message) {
    if (isUnknown(message, "symbol")) {
      return;
    }
    String symbol = message.body().getString("symbol");
    List<JsonObject> all = List.copyOf(trades.getOrDefault(symbol, List.of()));
    int limit = message.body().getInteger("limit");
    message.reply(told(symbol, all.subList(Math.max(0, all.size() - limit), all.size()), all.size())
        .toBuffer());
  }

  /** Publishes an unusual trade. */
  public void flow(String contract) {
    bus.publish(
        Addresses.FLOW,
        new JsonObject()
            .put("id", contract + "-1")
            .put("revision", 0)
            .put("kind", "block")
            .put("contract", contract)
            .put("side", "buy")
            .put("confidence", 100)
            .put("from", Charts.START)
            .put("to", Charts.START)
            .put("prints", 1)
            .put("sweepPrints", 0)
            .put("exchanges", new JsonArray().add(4))
            .put("size", 500)
            .put("price", 2.5)
            .put("premium", 125_000)
            .put("volume", 500)
            .toBuffer());
  }

  private static void book(Message<JsonObject> message) {
    if (!isUnknown(message, "symbol")) {
      JsonArray levels = new JsonArray().add(new JsonObject().put("price", 1).put("size", 2));
      message.reply(new JsonObject()
          .put("symbol", message.body().getString("symbol"))
          .put("bids", levels)
          .put("asks", new JsonArray())
          .put("depth", "nbbo")
          .put("t", Charts.START)
          .put("reasons", new JsonObject().put("asks", "one-sided"))
          .put("quality", quality())
          .toBuffer());
    }
  }

  private void cards(Message<JsonObject> message) {
    if (blind) {
      Failure.PROVIDER_ERROR.because("the provider does not answer").replyTo(message);
      return;
    }
    JsonArray cards = new JsonArray();
    for (Object ticker : message.body().getJsonArray("tickers")) {
      String symbol = (String) ticker;
      cards.add(
          symbol.startsWith("NO")
              ? missing(symbol)
              : new JsonObject()
                  .put("symbol", symbol)
                  .put("last", prices.getOrDefault(symbol, 1.0))
                  .put("reasons", new JsonObject().put("volume", "not-provided"))
                  .put("quality", quality()));
    }
    message.reply(new JsonObject().put("cards", cards).toBuffer());
  }

  private static JsonObject missing(String symbol) {
    return new JsonObject()
        .put("symbol", symbol)
        .put("error", Failure.NO_DATA.because("no data of " + symbol).toJson());
  }

  private static void indices(Message<JsonObject> message) {
    List<Object> found = new ArrayList<>();
    for (Object ticker : message.body().getJsonArray("tickers")) {
      String symbol = (String) ticker;
      found.add(
          symbol.startsWith("I:NO")
              ? missing(symbol)
              : new JsonObject()
                  .put("symbol", symbol)
                  .put("value", 6_500)
                  .put("reasons", new JsonObject().put("open", "no-trade"))
                  .put("timeframes", new JsonObject().put("1d", new JsonArray()))
                  .put("quality", quality()));
    }
    message.reply(new JsonObject().put("indices", new JsonArray(found)).toBuffer());
  }

  private static void indicator(Message<JsonObject> message) {
    if (isUnknown(message, "symbol")) {
      return;
    }
    JsonObject health = ChartJson.body(new FakeSeries(Charts.SPY).snapshot(false))
        .toJsonObject()
        .getJsonObject("health");
    message.reply(new JsonObject()
        .put("symbol", message.body().getString("symbol"))
        .put("barsOf", message.body().getString("symbol"))
        .put("name", message.body().getString("name"))
        .put("timeframe", message.body().getString("timeframe"))
        .put("sessionMode", "extended")
        .put("windows", message.body().getJsonArray("window", new JsonArray()))
        .put(
            "values",
            new JsonArray()
                .add(new JsonObject()
                    .put("t", Charts.START)
                    .put("value", 1.5)
                    .put("settled", true)
                    .put("isFinal", true)))
        .put("health", health)
        .put("lastUpdatedAt", Charts.START)
        .toBuffer());
  }

  private void selection(Message<JsonObject> message) {
    String caller = message.body().getString("caller");
    JsonObject given = message.body().getJsonObject("selection");
    if (given != null) {
      selections.put(caller, given);
    }
    JsonObject kept = selections.get(caller);
    if (kept == null) {
      Failure.NO_DATA.because("nothing is selected").replyTo(message);
    } else {
      message.reply(kept.toBuffer());
    }
  }

  /** Returns who has selected something. */
  public Set<String> callers() {
    return new TreeMap<>(selections).keySet();
  }
}
