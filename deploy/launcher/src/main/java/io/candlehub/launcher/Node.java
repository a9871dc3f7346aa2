package io.candlehub.launcher;

import io.candlehub.cluster.Role;
import io.candlehub.model.SettingException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: the simulator if one is wanted, then what its roles need on one Vert.x.
 */
final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 9;
  private static final long LEAST_CLOSE_SECONDS = 2;

  private final Groundwork ground;
  private final Membership membership;
  private final Verticles verticles;
  private final JvmGcMetrics gcMetrics;

  private Node(
      Groundwork ground, Membership membership, Verticles verticles, JvmGcMetrics gcMetrics) {
    this.ground = ground;
    this.membership = membership;
    this.verticles = verticles;
    this.gcMetrics = gcMetrics;
  }

  /**
   * Starts a node and waits until it serves. Whatever can be found out alone is found out before the cluster is joined.
   *
   * @throws Exception whatever prevents the start; a {@link SettingException} in its causes if a
   *     setting does
   */
  static Node start(NodeConfig config) throws Exception {
    Groundwork ground = Groundwork.lay(config, START_SECONDS);
    try {
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      Membership membership = Membership.join(config, ground.market(), meters, START_SECONDS);
      return deploy(config, ground, membership, meters);
    } catch (Exception e) {
      ground.close(STOP_SECONDS);
      throw e;
    }
  }

  private static Node deploy(
      NodeConfig config, Groundwork ground, Membership membership, PrometheusMeterRegistry meters)
      throws Exception {
    Market market = ground.market();
    try {
      JvmGcMetrics gcMetrics = bindJvm(meters);
      Verticles verticles = Verticles.deploy(membership, config, market, meters)
          .await(START_SECONDS, TimeUnit.SECONDS);
      LOG.info(
          "node started [roles: {}, market: {}, mode: {}, transport: {}]",
          config.roles().stream().map(Role::wireName).sorted().toList(),
          market.descriptor().marketId(),
          market.descriptor().mode().wireName(),
          membership.vertx().isNativeTransportEnabled() ? "native" : "nio");
      return new Node(ground, membership, verticles, gcMetrics);
    } catch (Exception e) {
      membership.leave(STOP_SECONDS);
      throw e;
    }
  }

  private static JvmGcMetrics bindJvm(PrometheusMeterRegistry meters) {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    JvmGcMetrics gcMetrics = new JvmGcMetrics();
    gcMetrics.bindTo(meters);
    return gcMetrics;
  }

  /** Returns the address the node serves on. */
  String url() {
    return verticles.url();
  }

  /** Succeeds when the simulator whose clock the node lives on has begun anew, so that the node's time would stand. */
  Future<Void> marketOver() {
    return ground.market().over();
  }

  /**
   * Drains and stops: clients are told first while other nodes take over, then the feed ends and the store is flushed.
   * What others do not take in time they get as from a node that was killed.
   *
   * @return false if that did not finish in time
   */
  boolean stop() {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    try {
      verticles
          .drain(membership)
          .timeout(STOP_SECONDS - LEAST_CLOSE_SECONDS, TimeUnit.SECONDS)
          .onFailure(e -> LOG.warn("node did not drain in time [cause: {}]", Causes.root(e)))
          .otherwiseEmpty()
          .await(STOP_SECONDS, TimeUnit.SECONDS);
      membership.vertx().close().await(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      ground.close(LEAST_CLOSE_SECONDS);
      gcMetrics.close();
      LOG.info("node stopped");
      return true;
    } catch (Exception e) {
      LOG.error("node did not stop in time [cause: {}]", Causes.root(e));
      return false;
    }
  }
}
