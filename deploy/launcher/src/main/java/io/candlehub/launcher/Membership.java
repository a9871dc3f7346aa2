package io.candlehub.launcher;

import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.SingleNode;
import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.cluster.hazelcast.ClusteredNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This node's Vert.x and its place among others.
 *
 * @param vertx clustered unless the node is alone
 * @param cluster the cluster as roles see it
 */
record Membership(Vertx vertx, Cluster cluster) {
  /**
   * Joins the configured cluster, or none.
   *
   * @throws TimeoutException if that takes longer than it may
   */
  static Membership join(NodeConfig config, MeterRegistry meters, long limitSeconds)
      throws TimeoutException {
    ClusterConfig cluster = config.cluster();
    VertxOptions options = new VertxOptions().setPreferNativeTransport(true);
    if (!cluster.isClustered()) {
      return new Membership(
          Vertx.vertx(options), new SingleNode(config.roles(), InstantSource.system()));
    }
    ClusteredNode node = ClusteredNode.start(
            cluster, config.roles(), config.common(), options, meters)
        .await(limitSeconds, TimeUnit.SECONDS);
    return new Membership(node.vertx(), node.cluster());
  }
}
