package io.candlehub.cluster.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A node that has joined, or founded, its cluster.
 *
 * @param vertx the clustered Vert.x; closing it leaves the cluster
 * @param cluster the cluster as roles see it; {@link Cluster#leave} comes before the closing
 * @param hazelcast the member
 */
public record ClusteredNode(Vertx vertx, Cluster cluster, HazelcastInstance hazelcast) {
  /**
   * Starts Vert.x as a member without a role's settings.
   *
   * @return failed if an address is wrong or taken
   */
  public static Future<ClusteredNode> start(
      ClusterConfig config, Set<Role> roles, VertxOptions options, MeterRegistry registry) {
    return start(config, roles, Map.of(), options, registry);
  }

  /**
   * Starts Vert.x as a member. The start order of nodes does not matter: one that finds nobody waits for others as a
   * cluster of its own, fenced unless it is a majority by itself.
   *
   * @param others settings of other parts, by key, that must be the same on every node
   * @return failed if an address is wrong or taken, or, by a {@link io.candlehub.model.SettingException}, if nodes that
   *     are there have another value of what must be the same
   */
  public static Future<ClusteredNode> start(
      ClusterConfig config,
      Set<Role> roles,
      Map<String, String> others,
      VertxOptions options,
      MeterRegistry registry) {
    HazelcastClusterManager manager;
    VertxOptions clustered;
    Map<String, String> common = new TreeMap<>();
    if (!roles.isEmpty()) {
      common.putAll(config.common());
      common.putAll(others);
    }
    try {
      HazelcastSetup.requireFree(config.node());
      manager = new HazelcastClusterManager(HazelcastSetup.config(config, roles, common));
      clustered = new VertxOptions(options).setEventBusOptions(HazelcastSetup.bus(config));
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    return Vertx.builder()
        .with(clustered)
        .withClusterManager(manager)
        .buildClustered()
        .recover(e -> Future.failedFuture(explained(config, e)))
        .compose(vertx -> MemberAttributes.difference(
                manager.getHazelcastInstance().getCluster().getMembers(), common)
            .map(wrong -> vertx.close().transform(closed -> Future.<Vertx>failedFuture(wrong)))
            .orElseGet(() -> Future.succeededFuture(vertx)))
        .compose(vertx -> {
          ClusterVerticle verticle = new ClusterVerticle(manager, config.quorum(), registry);
          return vertx
              .deployVerticle(verticle)
              .map(id ->
                  new ClusteredNode(vertx, verticle.cluster(), manager.getHazelcastInstance()))
              .recover(e -> vertx.close().transform(closed -> Future.failedFuture(e)));
        });
  }

  private static Throwable explained(ClusterConfig config, Throwable cause) {
    if (cause instanceof HazelcastException) {
      return new IllegalStateException(
          "the cluster cannot be joined at " + config.node().host() + ":"
              + config.node().port() + " (cluster.host, cluster.port): " + cause.getMessage(),
          cause);
    }
    return cause;
  }
}
