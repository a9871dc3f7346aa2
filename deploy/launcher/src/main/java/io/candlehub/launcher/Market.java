package io.candlehub.launcher;

import io.candlehub.ingest.IngestConfig;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
 */
record Market(Map<String, String> values, MarketClock clock, MarketDescriptor descriptor) {
  /** Copies. */
  Market {
    values = Map.copyOf(values);
  }

  /** Finds the market out; that of an exchange is as its clock says. */
  static Future<Market> of(Vertx vertx, NodeConfig config, Optional<LocalExchange> exchange) {
    Map<String, String> values = new HashMap<>(config.values());
    exchange.ifPresent(running -> values.putAll(running.providerSettings()));
    Optional<String> clockUrl = exchange.map(LocalExchange::url).or(config::clockUrl);
    String provider = IngestConfig.feedName(values);
    if (clockUrl.isEmpty()) {
      MarketDescriptor live =
          new MarketDescriptor("live-" + provider, MarketDescriptor.Mode.LIVE, provider);
      return Future.succeededFuture(
          new Market(values, MarketClock.of(InstantSource.system()), live));
    }
    return SimulatorClock.follow(vertx, clockUrl.get(), provider, System::nanoTime)
        .recover(e -> Future.failedFuture(new SettingException(
            NodeConfig.MARKET_CLOCK.key(), clockUrl.get(), "the address of a running simulator")))
        .map(clock -> new Market(values, clock, clock.market()));
  }
}
