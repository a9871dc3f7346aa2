package io.candlehub.launcher;

import io.candlehub.bus.BusCodecs;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.gateway.GatewayVerticle;
import io.candlehub.gateway.HealthVerticle;
import io.candlehub.hub.HubConfig;
import io.candlehub.hub.HubVerticle;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.IngestVerticle;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;

/**
 * What the roles of a node are made of.
 *
 * @param url the address this node serves on
 * @param server what serves there
 * @param ingest what holds the provider, empty without that role
 */
record Verticles(String url, String server, String ingest) {
  private static final String NONE = "";

  /** Deploys what the roles need, each after what it asks at its start; every node serves its health. */
  static Future<Verticles> deploy(
      Membership membership, Set<Role> roles, Market market, PrometheusMeterRegistry meters) {
    Vertx vertx = membership.vertx();
    Cluster cluster = membership.cluster();
    BusCodecs.register(vertx);
    Future<String> hub = roles.contains(Role.HUB)
        ? vertx.deployVerticle(new HubVerticle(
            HubConfig.from(market.values()), market.clock(), market.descriptor(), meters, cluster))
        : Future.succeededFuture(NONE);
    return hub.compose(id -> roles.contains(Role.INGEST)
            ? vertx.deployVerticle(new IngestVerticle(
                IngestConfig.from(market.values()), market.clock(), meters, cluster))
            : Future.succeededFuture(NONE))
        .compose(ingest -> serve(vertx, cluster, roles, market, meters)
            .map(served -> new Verticles(served.url, served.server, ingest)));
  }

  private static Future<Verticles> serve(
      Vertx vertx,
      Cluster cluster,
      Set<Role> roles,
      Market market,
      PrometheusMeterRegistry meters) {
    GatewayConfig config = GatewayConfig.from(market.values());
    if (roles.contains(Role.GATEWAY)) {
      GatewayVerticle gateway = new GatewayVerticle(config, meters::scrape, meters, cluster);
      return vertx
          .deployVerticle(gateway)
          .map(id -> new Verticles(url(config, gateway.port()), id, NONE));
    }
    HealthVerticle health = new HealthVerticle(config, meters::scrape, meters, cluster);
    return vertx
        .deployVerticle(health)
        .map(id -> new Verticles(url(config, health.port()), id, NONE));
  }

  private static String url(GatewayConfig config, int port) {
    return config.scheme() + "://" + config.host() + ":" + port;
  }

  /**
   * Ends what others can do as well: clients are told to go elsewhere, the provider is left to the next node, and
   * then the shards are handed over. What is left is to be closed with Vert.x.
   */
  Future<Void> drain(Membership membership) {
    Vertx vertx = membership.vertx();
    Future<Void> provider =
        ingest.isEmpty() ? Future.succeededFuture() : vertx.undeploy(ingest).otherwiseEmpty();
    return Future.join(
            vertx.undeploy(server),
            provider.compose(left -> membership.cluster().leave()))
        .mapEmpty();
  }
}
