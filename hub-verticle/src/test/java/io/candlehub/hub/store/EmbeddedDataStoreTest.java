package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;

import io.candlehub.model.MarketDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDataStoreTest extends DataStoreContractTest {
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive");

  @TempDir
  private Path folder;

  @Override
  CandleStore database() throws Exception {
    StoreConfig config = StoreConfig.from(Map.of("store.data-dir", folder.toString()));
    return await(CandleStores.open(vertx, config, MARKET, InstantSource.system()));
  }

  private Path file() {
    return folder.resolve("live-test").resolve("candles.mv.db");
  }

  @Override
  void breakDatabase(CandleStore open) throws Exception {
    await(((EmbeddedCandleStore) open).submit(false, file -> {
      file.close();
      return null;
    }));
    Files.delete(file());
    Files.createDirectory(file());
  }

  @Override
  void mendDatabase() throws Exception {
    Files.delete(file());
  }
}
