package io.candlehub.gateway.rest;

import io.candlehub.bus.EncodedHistory;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounts the REST routes of the market (contract §3). Confined to the gateway's event loop. */
public final class RestRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(RestRoutes.class);
  private static final int DEFAULT_SYMBOLS = 20;
  private static final int MOST_SYMBOLS = 100;
  private static final int LONGEST_QUERY = 64;

  private final HubClient hub;
  private final MeterRegistry registry;
  private final LongSupplier nanoClock;

  /**
   * Creates the routes.
   *
   * @param hub where the answers come from
   * @param registry where requests are timed
   * @param nanoClock elapsed wall time
   */
  public RestRoutes(HubClient hub, MeterRegistry registry, LongSupplier nanoClock) {
    this.hub = hub;
    this.registry = registry;
    this.nanoClock = nanoClock;
  }

  /** Adds the routes to a router, and the refusal of everything else below {@code /api}. */
  public void mount(Router router) {
    RouteTable routes = new RouteTable(router, registry, nanoClock);
    routes.stream("/api/market/aggs", List.of(HttpMethod.GET, HttpMethod.HEAD), this::aggs);
    routes.post("/api/market/aggs/warm", this::warm);
    routes.stream("/api/market/historical/:symbol", List.of(HttpMethod.GET), this::historical);
    routes.json("/api/market/symbols", this::symbols);
    routes.json("/api/market/status", ctx -> hub.status().map(JsonObject::toBuffer));
    new MarketRoutes(hub).mount(routes);
    router.route("/api/*").handler(ctx -> ctx.fail(404));
  }

  private Future<Void> aggs(RoutingContext ctx) {
    HistoryQuery.onlyKnown(ctx.queryParams(), "ticker");
    HistoryQuery query = HistoryQuery.parse(required(ctx, "ticker"), "ticker", ctx.queryParams());
    return hub.history(query.toRequest())
        .compose(answer -> query.isCsv() ? csv(ctx, query, answer) : json(ctx, answer));
  }

  private static Future<Void> json(RoutingContext ctx, EncodedHistory answer) {
    HttpServerResponse response = ctx.response()
        .putHeader("Content-Type", RouteTable.JSON)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Length", Long.toString(answer.length()));
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      return response.end();
    }
    PieceWriter writer = new PieceWriter(response);
    answer.forEach(writer::add);
    return writer.write().compose(written -> response.end());
  }

  private static Future<Void> csv(RoutingContext ctx, HistoryQuery query, EncodedHistory answer) {
    HttpServerResponse response = CsvBars.begin(ctx.response(), query.key());
    answer.next().ifPresent(next -> response.putHeader("X-Next-From", Long.toString(next)));
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      return response.end();
    }
    PieceWriter writer = new PieceWriter(response.setChunked(true)).add(CsvBars.head());
    answer.bars().forEach(bars -> writer.add(() -> CsvBars.lines(bars)));
    return writer.write().compose(written -> response.end());
  }

  private Future<JsonObject> warm(RoutingContext ctx) {
    JsonObject question;
    try {
      question = ctx.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw StreamArguments.invalid("body", "must be a JSON object");
    }
    if (question == null) {
      throw StreamArguments.invalid("body", "must be a JSON object with symbols and timeframes");
    }
    return hub.warm(question);
  }

  private Future<Void> historical(RoutingContext ctx) {
    HistoryQuery.onlyKnown(ctx.queryParams(), "symbol");
    HistoryQuery query = HistoryQuery.parse(ctx.pathParam("symbol"), "symbol", ctx.queryParams());
    long most = ctx.queryParams().contains("limit") ? query.limit() : Long.MAX_VALUE;
    return new HistoryStream(hub, ctx.response(), query, most).run();
  }

  private Future<Buffer> symbols(RoutingContext ctx) {
    String query = required(ctx, "query").strip();
    if (query.isEmpty() || query.length() > LONGEST_QUERY) {
      throw StreamArguments.invalid("query", "must have 1 to " + LONGEST_QUERY + " characters");
    }
    int limit = HistoryQuery.read(
        ctx.queryParams(),
        "limit",
        DEFAULT_SYMBOLS,
        text -> HistoryQuery.whole("limit", text, 1, MOST_SYMBOLS));
    return hub.symbols(query, limit)
        .map((JsonArray found) -> new JsonObject(Map.of("symbols", found)).toBuffer());
  }

  private static String required(RoutingContext ctx, String name) {
    if (!ctx.queryParams().contains(name)) {
      throw StreamArguments.invalid(name, "is missing");
    }
    return HistoryQuery.read(ctx.queryParams(), name, "", text -> text);
  }

  /** Hears that a chunk could not be sent; the end of the answer tells, so this only leaves a trace. */
  static void sent(Future<Void> written) {
    written.onFailure(e -> LOG.trace("chunk not sent", e));
  }
}
