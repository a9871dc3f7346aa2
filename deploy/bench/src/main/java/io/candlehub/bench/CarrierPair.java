package io.candlehub.bench;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.cluster.hazelcast.ClusteredNode;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.redis.RedisCarrier;
import io.candlehub.redis.RedisConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The carriers of a node that publishes and of one that listens, both in this process, with a wire between them unless it is
 * the event bus of one node.
 *
 * @param publisher publishes
 * @param listener listens
 * @param nodes what they run on
 */
record CarrierPair(FanoutCarrier publisher, FanoutCarrier listener, List<Vertx> nodes) {
  private static final long START_SECONDS = 30;
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("sim-bench", MarketDescriptor.Mode.SYNTHETIC, "bench");

  /** Both ends on one node. */
  static CarrierPair oneNode() {
    Vertx vertx = Vertx.vertx(options());
    FanoutCarrier carrier = new EventBusCarrier(vertx.eventBus());
    return new CarrierPair(carrier, carrier, List.of(vertx));
  }

  /** Two members of a cluster. */
  static CarrierPair clustered() throws TimeoutException {
    ClusteredNode first = member("");
    var address = first.hazelcast().getCluster().getLocalMember().getAddress();
    ClusteredNode second = member(address.getHost() + ":" + address.getPort());
    return new CarrierPair(
        new EventBusCarrier(first.vertx().eventBus()),
        new EventBusCarrier(second.vertx().eventBus()),
        List.of(first.vertx(), second.vertx()));
  }

  private static ClusteredNode member(String seed) throws TimeoutException {
    ClusterConfig config = ClusterConfig.from(Map.of(
        "cluster.mode", "hazelcast",
        "cluster.name", "bench-" + ProcessHandle.current().pid(),
        "cluster.port", "0",
        "cluster.members", seed,
        "cluster.expected-hubs", "1"));
    return ClusteredNode.start(config, Set.of(Role.HUB), options(), new SimpleMeterRegistry())
        .await(START_SECONDS, TimeUnit.SECONDS);
  }

  /** Two nodes with Redis between them. */
  static CarrierPair redis(String uri) throws TimeoutException {
    Vertx first = Vertx.vertx(options());
    Vertx second = Vertx.vertx(options());
    return new CarrierPair(overRedis(first, uri), overRedis(second, uri), List.of(first, second));
  }

  private static FanoutCarrier overRedis(Vertx vertx, String uri) throws TimeoutException {
    RedisConfig config = RedisConfig.from(Map.of("fanout.mode", "redis", "redis.uri", uri));
    return RedisCarrier.open(vertx, config, MARKET, new SimpleMeterRegistry())
        .await(START_SECONDS, TimeUnit.SECONDS);
  }

  private static VertxOptions options() {
    return new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2);
  }

  /** Closes both ends. */
  void close() throws TimeoutException {
    Future.join(publisher.close(), listener.close()).await(START_SECONDS, TimeUnit.SECONDS);
    for (Vertx node : nodes) {
      node.close().await(START_SECONDS, TimeUnit.SECONDS);
    }
  }
}
