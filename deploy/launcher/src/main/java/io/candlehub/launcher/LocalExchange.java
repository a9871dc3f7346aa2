package io.candlehub.launcher;

import io.candlehub.simulator.Simulator;
import io.candlehub.simulator.SimulatorConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator inside this process, on a Vert.x of its own, as it would have in its own process. */
record LocalExchange(Vertx vertx, Simulator simulator) {
  private static final Logger LOG = LoggerFactory.getLogger(LocalExchange.class);

  static Future<LocalExchange> start(SimulatorConfig config) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    return Future.succeededFuture(config)
        .compose(checked -> Simulator.start(vertx, checked))
        .map(simulator -> {
          LOG.warn(
              "no real market data: the simulated market is served [exchange: {}]",
              simulator.restUrl());
          return new LocalExchange(vertx, simulator);
        })
        .recover(e -> vertx.close().transform(closed -> Future.failedFuture(e)));
  }

  String url() {
    return simulator.restUrl();
  }

  Map<String, String> providerSettings() {
    return Map.of(
        "massive.api-key", simulator.apiKey(),
        "massive.rest-url", simulator.restUrl(),
        "massive.ws-url", simulator.webSocketUrl(),
        "tradier.access-token", simulator.tradierToken(),
        "tradier.base-url", simulator.tradierUrl(),
        "tradier.ws-url", simulator.tradierWebSocketUrl());
  }

  /** Returns what is true of its market and would be false of others; a setting of the operator's counts more. */
  Map<String, String> assumptions() {
    String yields = simulator.dividendYields().entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(","));
    return yields.isEmpty() ? Map.of() : Map.of("chain.dividend-yields", yields);
  }

  Future<Void> stop() {
    return vertx.close();
  }
}
