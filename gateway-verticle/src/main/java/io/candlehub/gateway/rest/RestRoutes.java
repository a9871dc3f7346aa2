package io.candlehub.gateway.rest;

import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounts the REST routes (contract §3). Confined to the gateway's event loop. */
public final class RestRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(RestRoutes.class);
  private static final int DEFAULT_SYMBOLS = 20;
  private static final int MOST_SYMBOLS = 100;
  private static final int LONGEST_QUERY = 64;
  private static final long MOST_BODY_BYTES = 65_536;

  private final HubClient hub;
  private final BooleanSupplier ready;
  private final Supplier<String> metricsScrape;
  private final MeterRegistry registry;
  private final LongSupplier nanoClock;
  private final JsonObject version;

  /**
   * Creates the routes.
   *
   * @param hub where the answers come from
   * @param ready whether this node serves and does not drain
   * @param metricsScrape the metrics as Prometheus text
   * @param registry where requests are timed
   * @param nanoClock elapsed wall time
   * @param version the answer of {@code /version}
   */
  public RestRoutes(
      HubClient hub,
      BooleanSupplier ready,
      Supplier<String> metricsScrape,
      MeterRegistry registry,
      LongSupplier nanoClock,
      JsonObject version) {
    this.hub = hub;
    this.ready = ready;
    this.metricsScrape = metricsScrape;
    this.registry = registry;
    this.nanoClock = nanoClock;
    this.version = version;
  }

  /** Adds the routes to a router, and the refusal of everything else below {@code /api} and {@code /health}. */
  public void mount(Router router) {
    stream(router, "/api/market/aggs", List.of(HttpMethod.GET, HttpMethod.HEAD), this::aggs);
    post(router, "/api/market/aggs/warm", this::warm);
    stream(router, "/api/market/historical/:symbol", List.of(HttpMethod.GET), this::historical);
    json(router, "/api/market/symbols", this::symbols);
    json(router, "/api/market/status", ctx -> hub.status().map(JsonObject::toBuffer));
    json(router, "/health/live", ctx -> status("ok"));
    json(
        router,
        "/health/ready",
        ctx -> ready.getAsBoolean()
            ? status("ready")
            : Future.failedFuture(Failure.UNAVAILABLE.because("this node is not ready")));
    json(router, "/health/feeds", ctx -> hub.health().map(JsonObject::toBuffer));
    json(router, "/version", ctx -> Future.succeededFuture(version.toBuffer()));
    answer(
        router,
        "/metrics",
        ctx -> Future.succeededFuture(new Answer(
            "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(metricsScrape.get()))));
    router.route("/api/*").handler(ctx -> ctx.fail(404));
    router.route("/health/*").handler(ctx -> ctx.fail(404));
  }

  /** A whole answer and its media type. */
  private record Answer(String type, Buffer body) {
    static Answer json(Buffer body) {
      return new Answer("application/json; charset=utf-8", body);
    }
  }

  private void json(Router router, String path, Function<RoutingContext, Future<Buffer>> handler) {
    answer(router, path, ctx -> handler.apply(ctx).map(Answer::json));
  }

  private void answer(
      Router router, String path, Function<RoutingContext, Future<Answer>> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(ctx -> {
      timed(ctx, path);
      attempt(() -> handler.apply(ctx))
          .compose(answer -> ctx.response()
              .putHeader("Content-Type", answer.type)
              .putHeader("Cache-Control", "no-store")
              .end(answer.body))
          .onFailure(ctx::fail);
    });
    refuseOthers(router, path, "GET, HEAD");
  }

  private void stream(
      Router router,
      String path,
      List<HttpMethod> allowed,
      Function<RoutingContext, Future<Void>> handler) {
    Route route = router.route(path);
    allowed.forEach(route::method);
    route.handler(ctx -> {
      timed(ctx, path);
      attempt(() -> handler.apply(ctx)).onFailure(ctx::fail);
    });
    refuseOthers(
        router, path, allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
  }

  private void post(
      Router router, String path, Function<RoutingContext, Future<JsonObject>> handler) {
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
        .handler(ctx -> {
          timed(ctx, path);
          attempt(() -> handler.apply(ctx))
              .compose(answer -> ctx.response()
                  .setStatusCode(202)
                  .putHeader("Content-Type", "application/json; charset=utf-8")
                  .end(answer.toBuffer()))
              .onFailure(ctx::fail);
        });
    refuseOthers(router, path, "POST");
  }

  private void refuseOthers(Router router, String path, String allowed) {
    router.route(path).handler(ctx -> {
      timed(ctx, path);
      ctx.response().putHeader("Allow", allowed);
      ctx.fail(405);
    });
  }

  private static <T> Future<T> attempt(Callable<Future<T>> task) {
    try {
      return task.call();
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private void timed(RoutingContext ctx, String route) {
    long startNanos = nanoClock.getAsLong();
    ctx.addEndHandler(done -> Timer.builder("candlehub.gateway.rest.requests")
        .tag("route", route)
        .tag("status", Integer.toString(ctx.response().getStatusCode()))
        .description("Time from a request to the end of its answer")
        .register(registry)
        .record(Duration.ofNanos(nanoClock.getAsLong() - startNanos)));
  }

  private Future<Void> aggs(RoutingContext ctx) {
    HistoryQuery.onlyKnown(ctx.queryParams(), "ticker");
    HistoryQuery query = HistoryQuery.parse(required(ctx, "ticker"), "ticker", ctx.queryParams());
    return hub.history(query.toRequest())
        .compose(answer -> query.isCsv() ? csv(ctx, answer) : json(ctx, answer));
  }

  private static Future<Void> json(RoutingContext ctx, EncodedHistory answer) {
    HttpServerResponse response = ctx.response()
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Length", Long.toString(answer.length()));
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      return response.end();
    }
    PieceWriter writer = new PieceWriter(response);
    answer.forEach(writer::add);
    return writer.write().compose(written -> response.end());
  }

  private static Future<Void> csv(RoutingContext ctx, EncodedHistory answer) {
    HttpServerResponse response = ctx.response()
        .putHeader("Content-Type", "text/csv; charset=utf-8")
        .putHeader("Cache-Control", "no-store");
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

  private static Future<Buffer> status(String word) {
    return Future.succeededFuture(new JsonObject().put("status", word).toBuffer());
  }

  /** Hears that a chunk could not be sent; the end of the answer tells, so this only leaves a trace. */
  static void sent(Future<Void> written) {
    written.onFailure(e -> LOG.trace("chunk not sent", e));
  }
}
