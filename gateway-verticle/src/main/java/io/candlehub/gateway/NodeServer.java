package io.candlehub.gateway;

import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Cluster;
import io.candlehub.gateway.access.AccessHandler;
import io.candlehub.gateway.access.ConnectionGuard;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.gateway.auth.Authentication;
import io.candlehub.gateway.auth.CallerHandler;
import io.candlehub.gateway.rest.NodeRoutes;
import io.candlehub.gateway.rest.RestFailures;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.model.Scheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that every node has, and its management port: health, metrics and version behind the rules of access,
 * whatever else is served there. Confined to the event loop it was made on.
 */
final class NodeServer {
  private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);
  private static final Duration IDLE_BEYOND_STALL = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int LEAST_FRAME_BYTES = 1 << 20;

  private final Ground ground;
  private final GatewayConfig config;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock = System::nanoTime;
  private final InstantSource clock = Clock.systemUTC();
  private final Visitors visitors;
  private final Authentication authentication;
  private final ManagementServer management;
  private final Router router;
  private HttpServer server;
  private volatile int port;
  private boolean open;

  /**
   * What a server is made over.
   *
   * @param metricsScrape the node's metrics as Prometheus text
   * @param meters where requests and refusals are counted
   * @param cluster tells whether this node is cut off
   */
  record Ground(
      Vertx vertx,
      GatewayConfig config,
      Supplier<String> metricsScrape,
      MeterRegistry meters,
      Cluster cluster) {}

  /**
   * What is served besides.
   *
   * @param socketPaths paths of long connections, which requests are not counted on
   * @param open adds what asks for tokens itself, or for none
   * @param known adds what only known callers may ask
   * @param end adds the refusal of all else
   */
  record Pages(
      List<String> socketPaths,
      Consumer<Router> open,
      Consumer<Router> known,
      Consumer<Router> end) {}

  NodeServer(Ground ground) {
    this.ground = ground;
    config = ground.config;
    scheduler = new VertxScheduler(ground.vertx);
    visitors = new Visitors(config.visitors(), config.trustedProxies(), nanoClock);
    authentication = new Authentication(config.auth(), visitors, scheduler, clock);
    management = new ManagementServer(ground.vertx, config.management());
    router = Router.router(ground.vertx);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  InstantSource clock() {
    return clock;
  }

  Visitors visitors() {
    return visitors;
  }

  Authentication authentication() {
    return authentication;
  }

  /** Returns the port that is bound; safe on any thread. */
  int port() {
    return port;
  }

  /** Returns the management port that is bound; only if there is one. */
  int managementPort() {
    return management.port();
  }

  /** Returns what is served, in the order in which it is asked. */
  List<Route> routes() {
    return router.getRoutes();
  }

  /**
   * Listens.
   *
   * @param hub tells the state of the feeds
   * @param ready whether the role can serve, as long as the node is neither cut off nor draining
   */
  Future<Void> listen(HubClient hub, BooleanSupplier ready, Pages pages) {
    NodeRoutes node = new NodeRoutes(
        hub,
        () -> open && ready.getAsBoolean() && !ground.cluster.isFenced(),
        ground.metricsScrape,
        ground.meters,
        nanoClock,
        new VersionInfo(NodeServer.class).toJson());
    ConnectionGuard guard = new ConnectionGuard(
        visitors,
        config.visitors(),
        pages.socketPaths,
        authentication::payer,
        scheduler,
        ground.meters);
    server = ground
        .vertx
        .createHttpServer(options())
        .connectionHandler(guard::opened)
        .requestHandler(router);
    return management
        .listen(node, config.allowedHosts(), ground.meters)
        .compose(
            listening -> server.listen(config.port(), config.bindHost()).recover(this::explain))
        .map(bound -> {
          port = bound.actualPort();
          mount(guard, node, pages);
          open = true;
          announce();
          return null;
        });
  }

  private void announce() {
    LOG.info(
        "node listens [scheme: {}, host: {}, port: {}, node: {}]",
        config.scheme(),
        config.host(),
        port,
        ground.cluster.nodeId());
    if (!config.tls().isOn() && !config.isOnLoopback()) {
      LOG.warn("tokens travel unencrypted unless a proxy ends TLS [setting: http.tls.cert]");
    }
  }

  /** The access rules name the bound port, so the routes follow the socket; no request is read in between. */
  private void mount(ConnectionGuard guard, NodeRoutes node, Pages pages) {
    CallerHandler callers = new CallerHandler(authentication, config.tls().isOn(), ground.meters);
    new RestFailures().mount(router);
    router.route().handler(guard);
    router
        .route()
        .handler(new AccessHandler(config.accessRules(port), pages.socketPaths, ground.meters));
    node.mountOpen(router);
    pages.open.accept(router);
    // Everything from here on needs a token in a header.
    router.route().handler(callers);
    pages.known.accept(router);
    node.mount(router, callers::ops);
    pages.end.accept(router);
  }

  private Future<HttpServer> explain(Throwable failure) {
    if (failure instanceof IOException unbound) {
      return Future.failedFuture(config.refused(unbound));
    }
    return Future.failedFuture(config.tls().isOn() ? config.tls().unusable() : failure);
  }

  /** A frame above the message limit is still read, up to a bound, so that its sender can be told. */
  private HttpServerOptions options() {
    int frameBytes = Math.max(LEAST_FRAME_BYTES, 2 * config.messageBytes());
    return config
        .tls()
        .applyTo(new HttpServerOptions())
        .setTcpNoDelay(true)
        .setIdleTimeout((int) config.stallLimit().plus(IDLE_BEYOND_STALL).toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(8_192)
        .setMaxHeaderSize(16_384)
        .setMaxWebSocketFrameSize(frameBytes)
        .setMaxWebSocketMessageSize(frameBytes)
        // Both protocols cut what does not close; Vert.x' own timer trips over clients that went
        // meanwhile.
        .setWebSocketClosingTimeout(-1)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setStrictThreadMode(true)
        .setCompressionSupported(true)
        .setCompressionContentSizeThreshold(1_024);
  }

  /** Says from now on that this node is not ready. */
  void drain() {
    open = false;
  }

  /** Stops serving, a moment after the last answer. */
  Future<Void> close() {
    open = false;
    return management
        .close()
        .compose(closed -> server.shutdown(GRACE.toMillis(), TimeUnit.MILLISECONDS))
        .onSuccess(closed -> LOG.info("node serves no more [port: {}]", port));
  }
}
