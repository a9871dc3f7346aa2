package io.candlehub.launcher;

import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.SingleNode;
import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.cluster.hazelcast.ClusteredNode;
import io.candlehub.model.SettingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's Vert.x and its place among others.
 *
 * @param vertx clustered unless the node is alone
 * @param cluster the cluster as roles see it
 */
record Membership(Vertx vertx, Cluster cluster) {
  /**
   * So many that no role shares its event loop with the cluster's watch or the bus, who would fall silent while a hub opens
   * hundreds of charts; on two cores there would be four.
   */
  private static final int EVENT_LOOPS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  /** Told to the others beside their common settings: nodes of two runs have nothing in common but names. */
  private static final String RUN = "run of the simulator";

  /**
   * Joins the configured cluster, or none.
   *
   * @throws TimeoutException if that takes longer than it may
   * @throws OtherRunException if the nodes that are there live on another run of the simulator
   */
  static Membership join(NodeConfig config, Market market, MeterRegistry meters, long limitSeconds)
      throws TimeoutException {
    ClusterConfig cluster = config.cluster();
    VertxOptions options = new VertxOptions()
        .setPreferNativeTransport(true)
        .setEventLoopPoolSize(Math.max(EVENT_LOOPS, VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE));
    if (!cluster.isClustered()) {
      return new Membership(
          Vertx.vertx(options), new SingleNode(config.roles(), InstantSource.system()));
    }
    Map<String, String> common = new HashMap<>(config.common());
    if (!market.run().isEmpty()) {
      common.put(RUN, market.run());
    }
    try {
      ClusteredNode node = ClusteredNode.start(cluster, config.roles(), common, options, meters)
          .await(limitSeconds, TimeUnit.SECONDS);
      return new Membership(node.vertx(), node.cluster());
    } catch (SettingException e) {
      throw e.key().equals(RUN) ? new OtherRunException(e.getMessage()) : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("the cluster was not joined within " + limitSeconds + " s");
    }
  }

  /** Leaves after a start that failed: what other nodes already know of this one they are told to forget. */
  void leave(long limitSeconds) {
    try {
      cluster
          .leave()
          .timeout(limitSeconds, TimeUnit.SECONDS)
          .transform(left -> vertx.close())
          .await(2 * limitSeconds, TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.warn("the cluster was not left in time [cause: {}]", Causes.root(e));
    }
  }
}
