package io.candlehub.launcher;

import io.candlehub.cluster.Role;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.hub.HubConfig;
import io.candlehub.hub.store.CandleStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be right before other nodes see this one: the exchange inside if one is wanted, the market's clock, a store
 * and ports that can be used. It lies on a small Vert.x of its own, for that of the roles is a member of the cluster from
 * its first moment; the clock stays there.
 *
 * @param vertx where it lies
 * @param exchange the simulator in this process
 * @param market what the node serves
 */
record Groundwork(Vertx vertx, Optional<LocalExchange> exchange, Market market) {
  private static final Logger LOG = LoggerFactory.getLogger(Groundwork.class);

  /**
   * Makes sure of everything, one after the other, and waits for it.
   *
   * @throws Exception what is not right
   */
  static Groundwork lay(NodeConfig config, long limitSeconds) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions()
        .setPreferNativeTransport(true)
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1));
    Optional<LocalExchange> exchange = Optional.empty();
    try {
      if (config.simulator().isPresent()) {
        exchange = Optional.of(
            LocalExchange.start(config.simulator().get()).await(limitSeconds, TimeUnit.SECONDS));
      }
      Market market = Market.of(vertx, config, exchange).await(limitSeconds, TimeUnit.SECONDS);
      check(vertx, config, market, limitSeconds);
      return new Groundwork(vertx, exchange, market);
    } catch (Exception e) {
      close(vertx, exchange, limitSeconds);
      throw e;
    }
  }

  private static void check(Vertx vertx, NodeConfig config, Market market, long limitSeconds)
      throws TimeoutException {
    if (config.roles().contains(Role.HUB)) {
      CandleStores.check(vertx, HubConfig.from(market.values()).store(), market.descriptor())
          .await(limitSeconds, TimeUnit.SECONDS);
    }
    GatewayConfig.from(market.values()).requireFreePorts();
  }

  /** Ends the clock and the exchange, in that order. */
  void close(long limitSeconds) {
    close(vertx, exchange, limitSeconds);
  }

  private static void close(Vertx vertx, Optional<LocalExchange> exchange, long limitSeconds) {
    try {
      vertx
          .close()
          .transform(closed -> exchange.map(LocalExchange::stop).orElseGet(Future::succeededFuture))
          .await(limitSeconds, TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.warn("clock and exchange did not end [cause: {}]", Causes.root(e));
    }
  }
}
