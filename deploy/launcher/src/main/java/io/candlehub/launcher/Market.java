package io.candlehub.launcher;

import io.candlehub.ingest.IngestConfig;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The market a node serves.
 *
 * @param values the settings, with the provider's of the exchange in this process
 * @param clock its time
 * @param descriptor what its data is called
 * @param run which run of a simulator it is; empty for a real market
 * @param over succeeds when that run has ended and another one begun
 */
record Market(
    Map<String, String> values,
    MarketClock clock,
    MarketDescriptor descriptor,
    String run,
    Future<Void> over) {
  /** How long a node waits for the simulator's clock; said in docs/operations.md. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Copies. */
  Market {
    values = Map.copyOf(values);
  }

  /** Finds the market out; that of an exchange is as its clock says. */
  static Future<Market> of(Vertx vertx, NodeConfig config, Optional<LocalExchange> exchange) {
    Map<String, String> values = new HashMap<>(config.values());
    exchange.ifPresent(running -> {
      values.putAll(running.providerSettings());
      running.assumptions().forEach(values::putIfAbsent);
    });
    Optional<String> clockUrl = exchange.map(LocalExchange::url).or(config::clockUrl);
    String provider = IngestConfig.feedName(values);
    if (clockUrl.isEmpty()) {
      MarketDescriptor live =
          new MarketDescriptor("live-" + provider, MarketDescriptor.Mode.LIVE, provider);
      return Future.succeededFuture(new Market(
          values,
          MarketClock.of(InstantSource.system()),
          live,
          "",
          Promise.<Void>promise().future()));
    }
    return SimulatorClock.follow(vertx, clockUrl.get(), provider, System::nanoTime, PATIENCE)
        .map(clock -> new Market(values, clock, clock.market(), clock.run(), clock.over()));
  }
}
