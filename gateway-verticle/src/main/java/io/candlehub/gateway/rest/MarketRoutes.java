package io.candlehub.gateway.rest;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.SelectionJson;
import io.candlehub.gateway.auth.Caller;
import io.candlehub.gateway.stream.ChainArguments;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Selection;
import io.candlehub.model.Timeframe;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The REST routes of options, quotes, trades and all else that is asked of a market besides bars (contract §3). They
 * check what is asked and pass the hub's JSON on. Confined to the gateway's event loop.
 */
final class MarketRoutes {
  private static final String SYMBOL = "symbol";
  private static final String TICKERS = "tickers";
  private static final int MOST_TICKERS = 100;
  private static final int MOST_INDICES = 20;
  private static final int USUAL_TRADES = 100;
  private static final int MOST_TRADES = 1_000;
  private static final int USUAL_POINTS = 200;
  private static final int MOST_POINTS = 5_000;
  private static final int MOST_WINDOW = 1_000;
  private static final int MOST_WINDOWS = 3;
  private static final String USUAL_INDICES = "I:SPX,I:NDX,I:VIX";
  private static final List<String> INDICATORS =
      List.of("sma", "ema", "vwap", "rsi", "macd", "bollinger");

  private final HubClient hub;

  MarketRoutes(HubClient hub) {
    this.hub = hub;
  }

  void mount(RouteTable routes) {
    routes.json("/api/market/options/expirations/:ticker", this::expirations);
    routes.json("/api/market/options/chain/:ticker", this::chain);
    routes.json("/api/market/options/contracts/:symbol", this::contract);
    routes.stored("/api/market/options/selection", this::selection, this::select);
    routes.json("/api/market/quotes/:contract", this::quote);
    routes.json("/api/market/trades/:contract", this::trades);
    routes.json("/api/market/book/:symbol", this::book);
    routes.json("/api/market/watchlist", this::watchlist);
    routes.json("/api/market/indices", this::indices);
    routes.json("/api/market/indicators/:symbol", this::indicator);
    routes.json("/api/market/orderflow/:symbol", this::orderFlow);
  }

  private Future<Buffer> expirations(RoutingContext ctx) {
    new RestParameters(ctx);
    Instrument underlying = ChainArguments.underlying("ticker", ctx.pathParam("ticker"));
    return hub.answer(
        Addresses.COMMAND_EXPIRATIONS, new JsonObject().put("underlying", underlying.symbol()));
  }

  private Future<Buffer> chain(RoutingContext ctx) {
    RestParameters parameters = new RestParameters(
        ctx, "expiration", "strikeMin", "strikeMax", "minVolume", "maxSpreadPercent");
    Instrument underlying = ChainArguments.underlying("ticker", ctx.pathParam("ticker"));
    JsonObject given = new JsonObject().put("underlying", underlying.symbol());
    if (parameters.has("expiration")) {
      given.put("expiration", parameters.text("expiration", ""));
    }
    ChainArguments.BOUNDS.stream()
        .filter(parameters::has)
        .forEach(name -> given.put(name, parameters.decimal(name)));
    return hub.answer(Addresses.COMMAND_CHAIN, ChainArguments.question(given));
  }

  private Future<Buffer> contract(RoutingContext ctx) {
    new RestParameters(ctx);
    Instrument contract = ChainArguments.contract(SYMBOL, ctx.pathParam(SYMBOL)).instrument();
    return hub.answer(Addresses.COMMAND_CONTRACT, bySymbol(contract));
  }

  private Future<Buffer> selection(RoutingContext ctx) {
    new RestParameters(ctx);
    return hub.answer(
        Addresses.COMMAND_SELECTION,
        new JsonObject().put("caller", Caller.of(ctx).id()));
  }

  private Future<Buffer> select(RoutingContext ctx) {
    new RestParameters(ctx);
    JsonObject given;
    try {
      given = ctx.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw StreamArguments.invalid("body", "must be a JSON object");
    }
    if (given == null) {
      throw StreamArguments.invalid("body", "must be a JSON object with underlying");
    }
    return hub.answer(
        Addresses.COMMAND_SELECTION,
        new JsonObject()
            .put("caller", Caller.of(ctx).id())
            .put("selection", SelectionJson.write(selected(given))));
  }

  /** A contract without an expiration is of its own. */
  private static Selection selected(JsonObject given) {
    StreamArguments arguments = new StreamArguments(given).only(SelectionJson.FIELDS);
    Instrument underlying =
        ChainArguments.underlying("underlying", arguments.text("underlying", ""));
    boolean hasExpiration = given.getValue("expiration") != null;
    if (!hasExpiration && given.getValue("contract") == null) {
      return new Selection(underlying.symbol(), "", "");
    }
    LocalDate expiration = hasExpiration
        ? ChainArguments.expiration(arguments.text("expiration", ""))
        : ChainArguments.contract("contract", arguments.text("contract", "")).expiration();
    String contract = ChainArguments.contract(given, underlying, expiration).stream()
        .map(chosen -> chosen.instrument().symbol())
        .findFirst()
        .orElse("");
    return new Selection(underlying.symbol(), expiration.toString(), contract);
  }

  /** The contract's quote is the hub's; what was asked for is called by the name of the route. */
  private Future<Buffer> quote(RoutingContext ctx) {
    new RestParameters(ctx);
    Instrument instrument = StreamArguments.instrument("contract", ctx.pathParam("contract"));
    return hub.quote(instrument).map(quote -> {
      JsonObject answer = new JsonObject().put("contract", instrument.symbol());
      quote.toJsonObject().forEach(field -> answer.put(field.getKey(), field.getValue()));
      answer.remove(SYMBOL);
      return answer.toBuffer();
    });
  }

  private Future<Buffer> trades(RoutingContext ctx) {
    RestParameters parameters = new RestParameters(ctx, "limit");
    Instrument instrument = StreamArguments.instrument("contract", ctx.pathParam("contract"));
    int limit = parameters.whole("limit", USUAL_TRADES, 1, MOST_TRADES);
    return hub.trades(instrument, limit).map(JsonObject::toBuffer);
  }

  private Future<Buffer> book(RoutingContext ctx) {
    new RestParameters(ctx);
    Instrument instrument = StreamArguments.instrument(SYMBOL, ctx.pathParam(SYMBOL));
    return hub.answer(Addresses.COMMAND_BOOK, bySymbol(instrument));
  }

  private Future<Buffer> watchlist(RoutingContext ctx) {
    RestParameters parameters = new RestParameters(ctx, TICKERS);
    parameters.required(TICKERS);
    return hub.answer(
        Addresses.COMMAND_SNAPSHOTS, byTickers(parameters.instruments(TICKERS, "", MOST_TICKERS)));
  }

  /** An index may be called without its prefix here, where nothing else is asked for. */
  private Future<Buffer> indices(RoutingContext ctx) {
    RestParameters parameters = new RestParameters(ctx, TICKERS);
    List<Instrument> found = new ArrayList<>();
    for (Instrument given : parameters.instruments(TICKERS, USUAL_INDICES, MOST_INDICES)) {
      Instrument index = given.assetClass() == AssetClass.EQUITY
          ? StreamArguments.instrument(TICKERS, AssetClass.INDEX.prefix() + given.symbol())
          : given;
      if (index.assetClass() != AssetClass.INDEX) {
        throw StreamArguments.invalid(TICKERS, "must be indices such as I:SPX");
      }
      if (!found.contains(index)) {
        found.add(index);
      }
    }
    return hub.answer(Addresses.COMMAND_INDICES, byTickers(found));
  }

  private Future<Buffer> indicator(RoutingContext ctx) {
    RestParameters parameters =
        new RestParameters(ctx, "name", "timeframe", "window", "limit", "check");
    Instrument instrument = StreamArguments.instrument(SYMBOL, ctx.pathParam(SYMBOL));
    String name = parameters.required("name");
    if (!INDICATORS.contains(name)) {
      throw StreamArguments.invalid("name", "must be one of " + String.join(" ", INDICATORS));
    }
    Timeframe timeframe = StreamArguments.timeframe(parameters.text("timeframe", "1d"));
    JsonObject question = bySymbol(instrument)
        .put("name", name)
        .put("timeframe", timeframe.wireName())
        .put("limit", parameters.whole("limit", USUAL_POINTS, 1, MOST_POINTS));
    if (parameters.has("window")) {
      question.put("window", windows(parameters.text("window", "")));
    }
    if (parameters.flag("check", false)) {
      question.put("check", true);
    }
    return hub.answer(Addresses.COMMAND_INDICATORS, question);
  }

  /** The route is there so that a client learns that it has to do without; what it would take is in the document. */
  private Future<Buffer> orderFlow(RoutingContext ctx) {
    RestParameters parameters = new RestParameters(ctx, "timeframe");
    StreamArguments.instrument(SYMBOL, ctx.pathParam(SYMBOL));
    StreamArguments.timeframe(parameters.text("timeframe", "1m"));
    throw Failure.UNSUPPORTED.because("order flow by bars is not offered, trades have their sides");
  }

  private static JsonArray windows(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length > MOST_WINDOWS) {
      throw StreamArguments.invalid("window", "must be at most " + MOST_WINDOWS + " numbers");
    }
    JsonArray windows = new JsonArray();
    for (String part : parts) {
      windows.add(HistoryQuery.whole("window", part, 1, MOST_WINDOW));
    }
    return windows;
  }

  private static JsonObject bySymbol(Instrument instrument) {
    return new JsonObject().put(SYMBOL, instrument.symbol());
  }

  private static JsonObject byTickers(List<Instrument> tickers) {
    return new JsonObject()
        .put(TICKERS, new JsonArray(tickers.stream().map(Instrument::symbol).toList()));
  }
}
