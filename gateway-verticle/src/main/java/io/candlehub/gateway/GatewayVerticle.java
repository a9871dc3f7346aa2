package io.candlehub.gateway;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.gateway.live.LiveApplication;
import io.candlehub.gateway.live.LiveLimits;
import io.candlehub.gateway.rest.Dashboard;
import io.candlehub.gateway.rest.RestRoutes;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.sockjs.BridgeLimits;
import io.candlehub.gateway.sockjs.EventBusBridge;
import io.candlehub.gateway.stream.HubCards;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.Pace;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.udf.UdfRoutes;
import io.candlehub.gateway.watch.Watchlists;
import io.candlehub.model.Scheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The gateway's HTTP server with everything behind it. It starts without a hub too, and is ready once it has heard one;
 * stopping tells every client to reconnect elsewhere.
 */
public final class GatewayVerticle extends VerticleBase {
  private static final String SOCKET_IO_PATH = "/socket.io/";
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);

  /** Longer than all goodbyes take; who does not answer the last of them is not waited for. */
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private static final int BRIDGE_HANDLERS = 1_000;

  private final GatewayConfig config;
  private final Supplier<String> metricsScrape;
  private final MeterRegistry meters;
  private final Cluster cluster;
  private NodeServer server;
  private final Function<Vertx, FanoutCarrier> carriers;
  private Streams streams;
  private LiveApplication live;
  private EventBusBridge bridge;
  private Registration handOver = () -> {};

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
    return server.port();
  }

  /** Returns the port for those who watch over the program; only if there is one, and once the verticle is deployed. */
  int managementPort() {
    return server.managementPort();
  }

  /** Returns what is served, in the order in which it is asked. */
  List<Route> routes() {
    return server.routes();
  }

  @Override
  public Future<?> start() {
    server = new NodeServer(new NodeServer.Ground(vertx, config, metricsScrape, meters, cluster));
    Scheduler scheduler = server.scheduler();
    LongSupplier nanoClock = server.nanoClock();
    Pace pace = new Pace(scheduler, nanoClock, config.coalesceWindow(), LINGER);
    HubClient hub =
        new HubClient(vertx.eventBus(), carriers.apply(vertx), cluster, scheduler, nanoClock);
    streams = new Streams(hub, pace, cluster, meters);
    live = new LiveApplication(
        vertx,
        socketIoOptions(),
        server.authentication(),
        server.visitors(),
        streams,
        watchlists(hub, scheduler),
        scheduler,
        nanoClock,
        new LiveLimits(
            config.chartsPerClient(), config.liveSymbolsPerClient(), config.messagesPerSecond()),
        server.clock(),
        meters);
    bridge = new EventBusBridge(
        vertx,
        streams,
        bridgeLimits(),
        server.authentication(),
        server.visitors(),
        scheduler,
        nanoClock,
        meters);
    if (!config.handOver().isZero()) {
      handOver = cluster.listen(new HandOver(scheduler, config.handOver(), this::sendElsewhere));
    }
    return streams
        .start()
        .compose(started -> server.listen(
            hub,
            streams.status()::isHeard,
            new NodeServer.Pages(
                List.of(SOCKET_IO_PATH, EventBusBridge.PATH),
                this::mountOpen,
                this::mountKnown,
                Dashboard::mountEnd)));
  }

  private void sendElsewhere() {
    live.sendElsewhere(Failure.UNAVAILABLE.name());
    bridge.sendElsewhere(Failure.UNAVAILABLE.name());
  }

  private Watchlists<JsonObject, JsonObject> watchlists(HubClient hub, Scheduler scheduler) {
    return new Watchlists<>(
        scheduler,
        server.clock()::millis,
        streams.status().marketMillis(),
        config.watchlists(),
        new HubCards(hub)::read,
        HubCards::appraise);
  }

  /** The sockets ask for a token in their messages; the page needs none. */
  private void mountOpen(Router router) {
    live.mount(router);
    bridge.mount(router);
    new Dashboard(vertx).mount(router);
  }

  private void mountKnown(Router router) {
    new RestRoutes(streams.hub(), meters, server.nanoClock()).mount(router);
    new UdfRoutes(vertx.eventBus(), streams.hub(), server.nanoClock(), meters).mount(router);
  }

  private SocketIoOptions socketIoOptions() {
    SocketIoOptions defaults = SocketIoOptions.defaults();
    return defaults
        .withPath(SOCKET_IO_PATH)
        .withHeartbeat(config.pingInterval(), config.pingTimeout())
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

  @Override
  public Future<?> stop() {
    server.drain();
    handOver.cancel();
    return Future.join(live.close("SHUTTING_DOWN"), bridge.close())
        .timeout(LEAVE.toMillis(), TimeUnit.MILLISECONDS)
        .transform(left -> streams.stop())
        .compose(stopped -> server.close());
  }
}
