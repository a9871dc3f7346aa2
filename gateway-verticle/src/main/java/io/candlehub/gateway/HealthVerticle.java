package io.candlehub.gateway;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.cluster.Cluster;
import io.candlehub.gateway.stream.HubClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The HTTP server of a node that serves no clients: health, metrics and version on the ports and under the rules of a
 * gateway. Ready as long as the node hears the majority and is not stopping.
 */
public final class HealthVerticle extends VerticleBase {
  private final GatewayConfig config;
  private final Supplier<String> metricsScrape;
  private final MeterRegistry meters;
  private final Cluster cluster;
  private NodeServer server;

  /**
   * Creates the server; to be deployed after what the node's roles are made of.
   *
   * @param config its settings
   * @param metricsScrape the node's metrics as Prometheus text
   * @param meters where requests are counted
   * @param cluster tells whether this node hears the majority
   */
  public HealthVerticle(
      GatewayConfig config, Supplier<String> metricsScrape, MeterRegistry meters, Cluster cluster) {
    this.config = Objects.requireNonNull(config);
    this.metricsScrape = Objects.requireNonNull(metricsScrape);
    this.meters = Objects.requireNonNull(meters);
    this.cluster = Objects.requireNonNull(cluster);
  }

  /** Returns the port that is bound, once the verticle is deployed; safe on any thread. */
  public int port() {
    return server.port();
  }

  /** Returns the management port that is bound; only if there is one, and once the verticle is deployed. */
  int managementPort() {
    return server.managementPort();
  }

  @Override
  public Future<?> start() {
    server = new NodeServer(new NodeServer.Ground(vertx, config, metricsScrape, meters, cluster));
    HubClient hub = new HubClient(
        vertx.eventBus(),
        new EventBusCarrier(vertx.eventBus()),
        cluster,
        server.scheduler(),
        server.nanoClock());
    return server.listen(
        hub,
        () -> true,
        new NodeServer.Pages(
            List.of(),
            open -> {},
            known -> {},
            router -> router.route().handler(ctx -> ctx.fail(404))));
  }

  @Override
  public Future<?> stop() {
    return server.close();
  }
}
