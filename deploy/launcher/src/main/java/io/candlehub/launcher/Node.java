package io.candlehub.launcher;

import io.candlehub.bus.BusCodecs;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.gateway.GatewayVerticle;
import io.candlehub.hub.HubConfig;
import io.candlehub.hub.HubVerticle;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import io.candlehub.simulator.Simulator;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: the simulator if one is wanted, then hub, ingest and gateway on one Vert.x. The simulator has a
 * Vert.x of its own, as it would in its own process.
 */
final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 9;
  private static final long DRAIN_SECONDS = 7;
  private static final String PROVIDER = "massive";

  private final Membership membership;
  private final Optional<Exchange> exchange;
  private final Gateway gateway;
  private final JvmGcMetrics gcMetrics;

  private Node(
      Membership membership, Optional<Exchange> exchange, Gateway gateway, JvmGcMetrics gcMetrics) {
    this.membership = membership;
    this.exchange = exchange;
    this.gateway = gateway;
    this.gcMetrics = gcMetrics;
  }

  /**
   * Starts a node and waits until it serves.
   *
   * @throws Exception whatever prevents the start; a {@link SettingException} in its causes if a
   *     setting does
   */
  static Node start(NodeConfig config) throws Exception {
    Optional<Exchange> exchange = Optional.empty();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Membership membership = Membership.join(config, meters, START_SECONDS);
    try {
      if (config.simulator().isPresent()) {
        exchange = Optional.of(Exchange.start(config));
      }
      Market market = market(membership.vertx(), config, exchange);
      return deploy(membership, exchange, market, meters);
    } catch (Exception e) {
      membership.vertx().close().await(STOP_SECONDS, TimeUnit.SECONDS);
      if (exchange.isPresent()) {
        exchange.get().stop();
      }
      throw e;
    }
  }

  private static Market market(Vertx vertx, NodeConfig config, Optional<Exchange> exchange)
      throws TimeoutException {
    Map<String, String> values = new HashMap<>(config.values());
    exchange.ifPresent(running -> values.putAll(running.providerSettings()));
    Optional<String> clockUrl = exchange.map(Exchange::url).or(config::clockUrl);
    if (clockUrl.isEmpty()) {
      MarketClock wall = MarketClock.of(InstantSource.system());
      return new Market(
          values,
          wall,
          new MarketDescriptor("live-" + PROVIDER, MarketDescriptor.Mode.LIVE, PROVIDER));
    }
    SimulatorClock clock = SimulatorClock.follow(vertx, clockUrl.get(), System::nanoTime)
        .recover(e -> Future.failedFuture(new SettingException(
            NodeConfig.MARKET_CLOCK.key(), clockUrl.get(), "the address of a running simulator")))
        .await(START_SECONDS, TimeUnit.SECONDS);
    return new Market(values, clock, clock.market());
  }

  private static Node deploy(
      Membership membership,
      Optional<Exchange> exchange,
      Market market,
      PrometheusMeterRegistry meters)
      throws TimeoutException {
    Vertx vertx = membership.vertx();
    JvmGcMetrics gcMetrics = bindJvm(meters);
    BusCodecs.register(vertx);
    GatewayConfig gatewayConfig = GatewayConfig.from(market.values);
    GatewayVerticle gateway = new GatewayVerticle(gatewayConfig, meters::scrape, meters);
    String deployment = vertx
        .deployVerticle(
            new HubVerticle(HubConfig.from(market.values), market.clock, market.descriptor, meters))
        .compose(hub -> vertx.deployVerticle(
            new IngestVerticle(IngestConfig.from(market.values), market.clock, meters)))
        .compose(ingest -> vertx.deployVerticle(gateway))
        .await(START_SECONDS, TimeUnit.SECONDS);
    LOG.info(
        "node started [market: {}, mode: {}, transport: {}]",
        market.descriptor.marketId(),
        market.descriptor.mode().wireName(),
        vertx.isNativeTransportEnabled() ? "native" : "nio");
    return new Node(
        membership, exchange, new Gateway(gateway, gatewayConfig, deployment), gcMetrics);
  }

  private static JvmGcMetrics bindJvm(PrometheusMeterRegistry meters) {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    JvmGcMetrics gcMetrics = new JvmGcMetrics();
    gcMetrics.bindTo(meters);
    return gcMetrics;
  }

  /** Returns the address the gateway serves on. */
  String url() {
    return gateway.config.scheme() + "://" + gateway.config.host() + ":" + gateway.verticle.port();
  }

  /**
   * Drains and stops: clients are told first while other nodes take over, then the feed ends and the store is flushed.
   *
   * @return false if that did not finish in time
   */
  boolean stop() {
    try {
      Vertx vertx = membership.vertx();
      Future.all(vertx.undeploy(gateway.deployment), membership.cluster().leave())
          .await(DRAIN_SECONDS, TimeUnit.SECONDS);
      vertx.close().await(STOP_SECONDS - DRAIN_SECONDS, TimeUnit.SECONDS);
      if (exchange.isPresent()) {
        exchange.get().stop();
      }
      gcMetrics.close();
      LOG.info("node stopped");
      return true;
    } catch (Exception e) {
      LOG.error("node did not stop in time [cause: {}]", Causes.root(e));
      return false;
    }
  }

  private record Gateway(GatewayVerticle verticle, GatewayConfig config, String deployment) {}

  private record Market(
      Map<String, String> values, MarketClock clock, MarketDescriptor descriptor) {}

  /** The local exchange inside this process. */
  private record Exchange(Vertx vertx, Simulator simulator) {
    static Exchange start(NodeConfig config) throws TimeoutException {
      Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
      try {
        Simulator simulator = Simulator.start(vertx, config.simulator().orElseThrow())
            .await(START_SECONDS, TimeUnit.SECONDS);
        LOG.warn(
            "no real market data: the simulated market is served [exchange: {}]",
            simulator.restUrl());
        return new Exchange(vertx, simulator);
      } catch (TimeoutException | RuntimeException e) {
        vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS);
        throw e;
      }
    }

    String url() {
      return simulator.restUrl();
    }

    Map<String, String> providerSettings() {
      return Map.of(
          "massive.api-key", simulator.apiKey(),
          "massive.rest-url", simulator.restUrl(),
          "massive.ws-url", simulator.webSocketUrl());
    }

    void stop() throws TimeoutException {
      vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS);
    }
  }
}
