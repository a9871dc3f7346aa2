package io.candlehub.launcher;

import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.cluster.Role;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.gateway.GatewayVerticle;
import io.candlehub.gateway.HealthVerticle;
import io.candlehub.hub.HubConfig;
import io.candlehub.hub.HubVerticle;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.redis.RedisCarrier;
import io.candlehub.redis.RedisConfig;
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
 * @param carrier what carries streams from hubs to gateways
 */
record Verticles(String url, String server, String ingest, FanoutCarrier carrier) {
  private static final String NONE = "";

  /** Deploys what the roles need, each after what it asks at its start; every node serves its health. */
  static Future<Verticles> deploy(
      Membership membership, NodeConfig config, Market market, PrometheusMeterRegistry meters) {
    BusCodecs.register(membership.vertx());
    return carrier(membership.vertx(), config.fanout(), market, meters)
        .compose(
            carrier -> new Ground(membership, config.roles(), market, meters, carrier).deploy());
  }

  private static Future<FanoutCarrier> carrier(
      Vertx vertx, RedisConfig config, Market market, PrometheusMeterRegistry meters) {
    return config.isWanted()
        ? RedisCarrier.open(vertx, config, market.descriptor(), meters).map(carrier -> carrier)
        : Future.succeededFuture(new EventBusCarrier(vertx.eventBus()));
  }

  /** What every role stands on. */
  private record Ground(
      Membership membership,
      Set<Role> roles,
      Market market,
      PrometheusMeterRegistry meters,
      FanoutCarrier carrier) {
    Future<Verticles> deploy() {
      return hub().compose(hub -> ingest()).compose(this::server);
    }

    private Future<String> hub() {
      return roles.contains(Role.HUB)
          ? membership
              .vertx()
              .deployVerticle(new HubVerticle(
                  HubConfig.from(market.values()),
                  market.clock(),
                  market.descriptor(),
                  meters,
                  membership.cluster(),
                  carrier))
          : Future.succeededFuture(NONE);
    }

    private Future<String> ingest() {
      return roles.contains(Role.INGEST)
          ? membership
              .vertx()
              .deployVerticle(new IngestVerticle(
                  IngestConfig.from(market.values()), market.clock(), meters, membership.cluster()))
          : Future.succeededFuture(NONE);
    }

    private Future<Verticles> server(String ingest) {
      GatewayConfig config = GatewayConfig.from(market.values());
      if (roles.contains(Role.GATEWAY)) {
        GatewayVerticle gateway =
            new GatewayVerticle(config, meters::scrape, meters, membership.cluster(), carrier);
        return membership
            .vertx()
            .deployVerticle(gateway)
            .map(id -> new Verticles(url(config, gateway.port()), id, ingest, carrier));
      }
      HealthVerticle health =
          new HealthVerticle(config, meters::scrape, meters, membership.cluster());
      return membership
          .vertx()
          .deployVerticle(health)
          .map(id -> new Verticles(url(config, health.port()), id, ingest, carrier));
    }

    private static String url(GatewayConfig config, int port) {
      return config.scheme() + "://" + config.host() + ":" + port;
    }
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
        .compose(left -> carrier.close());
  }
}
