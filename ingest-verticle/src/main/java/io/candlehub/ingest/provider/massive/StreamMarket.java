package io.candlehub.ingest.provider.massive;

import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import java.util.Optional;
import java.util.Set;

/**
 * A market the provider streams, each on a connection of its own, and what may be subscribed there (WebSocket
 * specification: paths and channels). What it does not know it passes over in silence, so it must not be asked.
 */
enum StreamMarket {
  /** Stocks and funds. */
  STOCKS("stocks", AssetClass.EQUITY),
  /** Option contracts. */
  OPTIONS("options", AssetClass.OPTION),
  /** Index values. */
  INDICES("indices", AssetClass.INDEX);

  private final String wireName;
  private final AssetClass assetClass;

  StreamMarket(String wireName, AssetClass assetClass) {
    this.wireName = wireName;
    this.assetClass = assetClass;
  }

  /** Returns the market of a class of instruments, empty if the provider has none. */
  static Optional<StreamMarket> of(AssetClass assetClass) {
    for (StreamMarket market : values()) {
      if (market.assetClass == assetClass) {
        return Optional.of(market);
      }
    }
    return Optional.empty();
  }

  /** Returns the market on which a topic can be subscribed. */
  static Optional<StreamMarket> of(Topic topic) {
    return of(topic.instrument().assetClass())
        .filter(market -> market.channels().contains(topic.channel()));
  }

  /** Returns its name in addresses. */
  String wireName() {
    return wireName;
  }

  /** Returns the class of its instruments. */
  AssetClass assetClass() {
    return assetClass;
  }

  /** Returns what can be subscribed. */
  Set<Channel> channels() {
    return switch (this) {
      case STOCKS -> Set.of(Channel.values());
      case OPTIONS -> Set.of(Channel.SECONDS, Channel.MINUTES, Channel.QUOTES, Channel.TRADES);
      case INDICES -> Set.of(Channel.SECONDS, Channel.MINUTES, Channel.TRADES);
    };
  }
}
