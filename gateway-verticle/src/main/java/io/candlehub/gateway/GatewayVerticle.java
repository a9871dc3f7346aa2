package io.candlehub.gateway;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.gateway.access.AccessHandler;
import io.candlehub.gateway.access.ConnectionGuard;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.gateway.auth.Authentication;
import io.candlehub.gateway.auth.CallerHandler;
import io.candlehub.gateway.live.LiveApplication;
import io.candlehub.gateway.live.LiveLimits;
import io.candlehub.gateway.rest.Dashboard;
import io.candlehub.gateway.rest.NodeRoutes;
import io.candlehub.gateway.rest.RestFailures;
import io.candlehub.gateway.rest.RestRoutes;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.sockjs.BridgeLimits;
import io.candlehub.gateway.sockjs.EventBusBridge;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.Pace;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.udf.UdfRoutes;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SettingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's HTTP server with everything behind it. Ready when it listens and hears the hub; stopping tells every
 * client to reconnect elsewhere.
 */
public final class GatewayVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
  private static final String SOCKET_IO_PATH = "/socket.io/";
  private static final List<String> SOCKET_PATHS = List.of(SOCKET_IO_PATH, EventBusBridge.PATH);
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration IDLE_BEYOND_STALL = Duration.ofSeconds(60);
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int BRIDGE_HANDLERS = 1_000;
  private static final int LEAST_FRAME_BYTES = 1 << 20;

  private final GatewayConfig config;
  private final Supplier<String> metricsScrape;
  private final MeterRegistry meters;
  private final Cluster cluster;
  private final Function<Vertx, FanoutCarrier> carriers;
  private final LongSupplier nanoClock = System::nanoTime;
  private final InstantSource clock = Clock.systemUTC();
  private Authentication authentication;
  private Streams streams;
  private ConnectionGuard guard;
  private LiveApplication live;
  private EventBusBridge bridge;
  private Router router;
  private HttpServer server;
  private ManagementServer management;
  private volatile int port;
  private boolean ready;

  /**
   * Creates the gateway of a node alone.
   *
   * @param config its settings
   * @param metricsScrape the node's metrics as Prometheus text
   * @param meters where the gateway counts
   */
  public GatewayVerticle(
      GatewayConfig config, Supplier<String> metricsScrape, MeterRegistry meters) {
    this(
        config,
        metricsScrape,
        meters,
        new SingleNode(Set.of(Role.values()), InstantSource.system()));
  }

  /**
   * Creates the gateway of a node in a cluster whose streams come by the event bus.
   *
   * @param config its settings
   * @param metricsScrape the node's metrics as Prometheus text
   * @param meters where the gateway counts
   * @param cluster who owns what, and whether this node hears the majority
   */
  public GatewayVerticle(
      GatewayConfig config, Supplier<String> metricsScrape, MeterRegistry meters, Cluster cluster) {
    this(config, metricsScrape, meters, cluster, vertx -> new EventBusCarrier(vertx.eventBus()));
  }

  /**
   * Creates the gateway of a node in a cluster.
   *
   * @param config its settings
   * @param metricsScrape the node's metrics as Prometheus text
   * @param meters where the gateway counts
   * @param cluster who owns what, and whether this node hears the majority
   * @param carrier brings what the hubs publish about streams
   */
  public GatewayVerticle(
      GatewayConfig config,
      Supplier<String> metricsScrape,
      MeterRegistry meters,
      Cluster cluster,
      FanoutCarrier carrier) {
    this(config, metricsScrape, meters, cluster, vertx -> carrier);
  }

  private GatewayVerticle(
      GatewayConfig config,
      Supplier<String> metricsScrape,
      MeterRegistry meters,
      Cluster cluster,
      Function<Vertx, FanoutCarrier> carriers) {
    this.cluster = Objects.requireNonNull(cluster);
    this.config = Objects.requireNonNull(config);
    this.metricsScrape = Objects.requireNonNull(metricsScrape);
    this.meters = Objects.requireNonNull(meters);
    this.carriers = carriers;
  }

  /** Returns the port that is bound, once the verticle is deployed; safe on any thread. */
  public int port() {
    return port;
  }

  /** Returns the port for those who watch over the program; only if there is one, and once the verticle is deployed. */
  int managementPort() {
    return management.port();
  }

  /** Returns what is served, in the order in which it is asked. */
  List<Route> routes() {
    return router.getRoutes();
  }

  @Override
  public Future<?> start() {
    Scheduler scheduler = new VertxScheduler(vertx);
    Visitors visitors = new Visitors(config.visitors(), config.trustedProxies(), nanoClock);
    authentication = new Authentication(config.auth(), visitors, scheduler, clock);
    Pace pace = new Pace(scheduler, nanoClock, config.coalesceWindow(), LINGER);
    streams = new Streams(new HubClient(vertx.eventBus(), carriers.apply(vertx)), pace, meters);
    live = new LiveApplication(
        vertx,
        socketIoOptions(),
        authentication,
        visitors,
        streams,
        scheduler,
        nanoClock,
        new LiveLimits(
            config.chartsPerClient(), config.liveSymbolsPerClient(), config.messagesPerSecond()),
        clock,
        meters);
    bridge = new EventBusBridge(
        vertx, streams, bridgeLimits(), authentication, visitors, scheduler, nanoClock, meters);
    guard = new ConnectionGuard(
        visitors, config.visitors(), SOCKET_PATHS, authentication::payer, scheduler, meters);
    router = Router.router(vertx);
    return listen();
  }

  private Future<?> listen() {
    NodeRoutes node = new NodeRoutes(
        streams.hub(),
        () -> ready,
        metricsScrape,
        meters,
        nanoClock,
        new VersionInfo(GatewayVerticle.class).toJson());
    management = new ManagementServer(vertx, config.management());
    server = vertx
        .createHttpServer(serverOptions())
        .connectionHandler(guard::opened)
        .requestHandler(router);
    return streams
        .start()
        .compose(started -> management.listen(node, config.allowedHosts(), meters))
        .compose(
            listening -> server.listen(config.port(), config.bindHost()).recover(this::explain))
        .onSuccess(bound -> {
          port = bound.actualPort();
          mount(node);
          ready = true;
          announce();
        });
  }

  private void announce() {
    LOG.info(
        "gateway listens [scheme: {}, host: {}, port: {}, node: {}]",
        config.scheme(),
        config.host(),
        port,
        cluster.nodeId());
    if (!config.tls().isOn() && !config.isOnLoopback()) {
      LOG.warn("tokens travel unencrypted unless a proxy ends TLS [setting: http.tls.cert]");
    }
  }

  /** The access rules name the bound port, so the routes follow the socket; no request is read in between. */
  private void mount(NodeRoutes node) {
    CallerHandler callers = new CallerHandler(authentication, config.tls().isOn(), meters);
    new RestFailures().mount(router);
    router.route().handler(guard);
    router.route().handler(new AccessHandler(config.accessRules(port), SOCKET_PATHS, meters));
    // What needs no token in a header: the sockets ask for it in their messages.
    live.mount(router);
    bridge.mount(router);
    node.mountOpen(router);
    new Dashboard(vertx).mount(router);
    // Everything from here on does.
    router.route().handler(callers);
    new RestRoutes(streams.hub(), meters, nanoClock).mount(router);
    new UdfRoutes(vertx.eventBus(), streams.hub(), nanoClock, meters).mount(router);
    node.mount(router, callers::ops);
    Dashboard.mountEnd(router);
  }

  /** The native transport reports a taken port by its own exception, so the words decide. */
  private Future<HttpServer> explain(Throwable failure) {
    if (!(failure instanceof IOException)) {
      return Future.failedFuture(config.tls().isOn() ? config.tls().unusable() : failure);
    }
    return Future.failedFuture(
        String.valueOf(failure.getMessage()).contains("in use")
            ? new SettingException("http.port", Integer.toString(config.port()), "a free port")
            : new SettingException("http.host", config.host(), "an address of this machine"));
  }

  private SocketIoOptions socketIoOptions() {
    SocketIoOptions defaults = SocketIoOptions.defaults();
    return defaults
        .withPath(SOCKET_IO_PATH)
        .withSizes(config.messageBytes(), config.queueBytes())
        .withTimeouts(JOIN_TIMEOUT, config.stallLimit(), defaults.closeTimeout());
  }

  private BridgeLimits bridgeLimits() {
    return new BridgeLimits(
        PING_TIMEOUT,
        JOIN_TIMEOUT,
        config.stallLimit(),
        config.messageBytes(),
        config.queueBytes(),
        BRIDGE_HANDLERS,
        config.messagesPerSecond());
  }

  /** A frame above the message limit is still read, up to a bound, so that its sender can be told. */
  private HttpServerOptions serverOptions() {
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

  @Override
  public Future<?> stop() {
    ready = false;
    bridge.close();
    return Future.join(live.close("SHUTTING_DOWN"), streams.stop(), management.close())
        .compose(stopped -> server.shutdown(GRACE.toMillis(), TimeUnit.MILLISECONDS))
        .onSuccess(closed -> LOG.info("gateway closed [port: {}]", port));
  }
}
