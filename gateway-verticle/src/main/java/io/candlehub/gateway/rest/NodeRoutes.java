package io.candlehub.gateway.rest;

import io.candlehub.bus.Failure;
import io.candlehub.gateway.stream.HubClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The routes that tell how this node is (contract §§3, 8), on the gateway's own port and on the management port. Confined
 * to the gateway's event loop.
 */
public final class NodeRoutes {
  private static final String FEEDS = "/health/feeds";
  private static final String METRICS = "/metrics";
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HubClient hub;
  private final BooleanSupplier ready;
  private final Supplier<String> metricsScrape;
  private final MeterRegistry registry;
  private final LongSupplier nanoClock;
  private final JsonObject version;

  /**
   * Creates the routes.
   *
   * @param hub tells the state of the feeds
   * @param ready whether this node serves and does not drain
   * @param metricsScrape the metrics as Prometheus text
   * @param registry where requests are timed
   * @param nanoClock elapsed wall time
   * @param version the answer of {@code /version}
   */
  public NodeRoutes(
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

  /** Adds what everybody may ask: whether the node lives and is ready. */
  public void mountOpen(Router router) {
    RouteTable routes = new RouteTable(router, registry, nanoClock);
    routes.json("/health/live", ctx -> status("ok"));
    routes.json(
        "/health/ready",
        ctx -> ready.getAsBoolean()
            ? status("ready")
            : Future.failedFuture(Failure.UNAVAILABLE.because("this node is not ready")));
  }

  /**
   * Adds the rest, and the refusal of everything else below {@code /health}.
   *
   * @param ops lets those through who may watch over the program
   */
  public void mount(Router router, Handler<RoutingContext> ops) {
    RouteTable routes = new RouteTable(router, registry, nanoClock);
    router.route(FEEDS).handler(ops);
    routes.json(FEEDS, ctx -> hub.health().map(JsonObject::toBuffer));
    router.route(METRICS).handler(ops);
    routes.answer(
        METRICS, METRICS_TYPE, ctx -> Future.succeededFuture(Buffer.buffer(metricsScrape.get())));
    routes.json("/version", ctx -> Future.succeededFuture(version.toBuffer()));
    router.route("/health/*").handler(ctx -> ctx.fail(404));
  }

  private static Future<Buffer> status(String word) {
    return Future.succeededFuture(new JsonObject().put("status", word).toBuffer());
  }
}
