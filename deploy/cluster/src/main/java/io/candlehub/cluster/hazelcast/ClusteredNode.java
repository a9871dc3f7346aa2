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
import java.util.Set;

/**
 * A node that has joined, or founded, its cluster.
 *
 * @param vertx the clustered Vert.x; closing it leaves the cluster
 * @param cluster the cluster as roles see it; {@link Cluster#leave} comes before the closing
 * @param hazelcast the member
 */
public record ClusteredNode(Vertx vertx, Cluster cluster, HazelcastInstance hazelcast) {
  /**
   * Starts Vert.x as a member. The start order of nodes does not matter: one that finds nobody waits for others as a
   * cluster of its own, fenced unless it is a majority by itself.
   *
   * @return failed if an address is wrong or taken
   */
  public static Future<ClusteredNode> start(
      ClusterConfig config, Set<Role> roles, VertxOptions options, MeterRegistry registry) {
    HazelcastClusterManager manager;
    VertxOptions clustered;
    try {
      HazelcastSetup.requireFree(config.node());
      manager = new HazelcastClusterManager(HazelcastSetup.config(config, roles));
      clustered = new VertxOptions(options).setEventBusOptions(HazelcastSetup.bus(config));
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    return Vertx.builder()
        .with(clustered)
        .withClusterManager(manager)
        .buildClustered()
        .recover(e -> Future.failedFuture(explained(config, e)))
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
