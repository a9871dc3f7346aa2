package io.candlehub.hub.store;

import io.candlehub.model.MarketDescriptor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Objects;

/** Opens the store that the configuration asks for. */
public final class CandleStores {
  private CandleStores() {}

  /**
   * Opens the store of a market: MongoDB if a connection string is given, else the embedded one. What an earlier run of a
   * simulated market left is removed, unless it is to be kept.
   *
   * @param wallClock tells when a document was written and how long a chain has been kept
   * @return the store; fails with {@link io.candlehub.model.SettingException} if the folder cannot be used or the server
   *     does not answer within 5 s
   */
  public static Future<CandleStore> open(
      Vertx vertx, StoreConfig config, MarketDescriptor market, InstantSource wallClock) {
    Objects.requireNonNull(wallClock, "wallClock");
    boolean fresh = isFresh(config, market);
    return config.mongoUri().isEmpty()
        ? EmbeddedCandleStore.open(
            vertx, config.dataDir(), StorageName.of(market), fresh, wallClock)
        : MongoCandleStore.open(vertx, config.mongoUri(), market, fresh, wallClock);
  }

  /**
   * Tries whether the store of a market can be opened, and keeps nothing open. What is in it stays, also what opening
   * would remove.
   *
   * @return fails as {@link #open} would
   */
  public static Future<Void> check(Vertx vertx, StoreConfig config, MarketDescriptor market) {
    boolean fresh = isFresh(config, market);
    return config.mongoUri().isEmpty()
        ? vertx.executeBlocking(() -> {
          CandleFolder.check(config.dataDir().resolve(StorageName.of(market)), fresh);
          return null;
        })
        : MongoCandleStore.check(vertx, config.mongoUri(), market, fresh);
  }

  private static boolean isFresh(StoreConfig config, MarketDescriptor market) {
    return market.isSimulated() && !config.keepSimulated();
  }
}
