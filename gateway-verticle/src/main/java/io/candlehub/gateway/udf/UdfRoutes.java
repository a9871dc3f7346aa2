package io.candlehub.gateway.udf;

import io.candlehub.bus.FailureException;
import io.candlehub.gateway.rest.RestFailures;
import io.candlehub.gateway.rest.RouteTable;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Instrument;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Mounts the routes of the Universal Data Feed. Confined to the gateway's event loop. */
public final class UdfRoutes {
  private static final String PATH = "/udf";
  private static final int MOST_FOUND = 100;
  private static final int USUALLY_FOUND = 30;
  private static final int LONGEST_QUERY = 64;

  private final HubClient hub;
  private final LongSupplier nanoClock;
  private final MeterRegistry registry;
  private final Reference reference;
  private final SymbolInfo symbols = new SymbolInfo();
  private final UdfHistory history;
  private final UdfMarks marks;
  private final UdfQuotes quotes;

  /**
   * Creates the routes.
   *
   * @param bus where reference data are asked for
   * @param hub where bars, quotes and the market's time come from
   * @param nanoClock elapsed wall time
   * @param registry where requests are timed
   */
  public UdfRoutes(EventBus bus, HubClient hub, LongSupplier nanoClock, MeterRegistry registry) {
    this.hub = hub;
    this.nanoClock = nanoClock;
    this.registry = registry;
    this.reference = new Reference(bus, nanoClock);
    this.history = new UdfHistory(hub);
    this.marks = new UdfMarks(hub, reference);
    this.quotes = new UdfQuotes(hub, reference);
  }

  /** Adds the routes to a router, and the protocol's form of errors to all below their path. */
  public void mount(Router router) {
    Function<FailureException, JsonObject> form = UdfErrors::body;
    router.route(PATH + "/*").order(-1).handler(ctx -> {
      ctx.put(RestFailures.FORM, form);
      ctx.next();
    });
    RouteTable routes = new RouteTable(router, registry, nanoClock);
    json(routes, "/config", query -> Future.succeededFuture(config().toBuffer()));
    json(routes, "/symbols", query -> symbol(query).map(JsonObject::toBuffer));
    json(routes, "/search", query -> search(query).map(JsonArray::toBuffer));
    json(routes, "/history", query -> now().compose(now -> history.answer(query, now)));
    json(
        routes,
        "/marks",
        query -> now().compose(now -> marks.onBars(query, now)).map(JsonObject::toBuffer));
    json(
        routes,
        "/timescale_marks",
        query -> now().compose(now -> marks.onTimeScale(query, now)).map(JsonArray::toBuffer));
    json(routes, "/quotes", query -> quotes.answer(query).map(JsonObject::toBuffer));
    routes.answer(
        PATH + "/time",
        "text/plain; charset=utf-8",
        ctx -> now().map(millis -> Buffer.buffer(Long.toString(millis / 1_000))));
    router.route(PATH + "/*").handler(ctx -> ctx.fail(404));
  }

  private static void json(
      RouteTable routes, String name, Function<UdfQuery, Future<Buffer>> handler) {
    routes.json(PATH + name, ctx -> handler.apply(new UdfQuery(ctx.queryParams())));
  }

  /** Returns the market's time, which all bars and sessions follow. */
  private Future<Long> now() {
    return hub.status().map(status -> status.getLong("marketMillis"));
  }

  private static JsonObject config() {
    JsonArray exchanges = new JsonArray().add(exchange("", "All"));
    SymbolInfo.exchanges().forEach(name -> exchanges.add(exchange(name, name)));
    JsonArray types = new JsonArray().add(new JsonObject().put("name", "All").put("value", ""));
    SymbolInfo.TYPES.forEach(
        type -> types.add(new JsonObject().put("name", type).put("value", type)));
    return new JsonObject()
        .put("supports_search", true)
        .put("supports_group_request", false)
        .put("supports_marks", true)
        .put("supports_timescale_marks", true)
        .put("supports_time", true)
        .put("exchanges", exchanges)
        .put("symbols_types", types)
        .put("supported_resolutions", new JsonArray(Resolution.names()));
  }

  private static JsonObject exchange(String value, String name) {
    return new JsonObject().put("value", value).put("name", name).put("desc", name);
  }

  private Future<JsonObject> symbol(UdfQuery query) {
    Instrument instrument = query.instrument();
    return reference
        .listing(instrument)
        .compose(listing -> now().map(now -> symbols.describe(instrument, listing, now)));
  }

  /** An empty query is what a library sends when its search is opened. */
  private Future<JsonArray> search(UdfQuery query) {
    String words = UdfQuery.canonical(query.text("query").strip());
    String type = query.text("type");
    String exchange = query.text("exchange");
    int limit = query.limit("limit", USUALLY_FOUND, MOST_FOUND);
    if (words.length() > LONGEST_QUERY) {
      throw StreamArguments.invalid("query", "must have at most " + LONGEST_QUERY + " characters");
    }
    if (words.isEmpty()) {
      return Future.succeededFuture(new JsonArray());
    }
    boolean filtered = !type.isEmpty() || !exchange.isEmpty();
    return hub.symbols(words, filtered ? MOST_FOUND : limit)
        .map(listings -> new JsonArray(listings.stream()
            .map(JsonObject.class::cast)
            .map(UdfRoutes::found)
            .flatMap(Optional::stream)
            .filter(found -> type.isEmpty() || type.equals(found.getString("type")))
            .filter(found -> exchange.isEmpty() || exchange.equals(found.getString("exchange")))
            .limit(limit)
            .toList()));
  }

  private static Optional<JsonObject> found(JsonObject listing) {
    return Instrument.parse(listing.getString("symbol"))
        .map(instrument -> SymbolInfo.found(instrument, listing));
  }
}
