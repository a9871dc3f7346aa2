package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;

import io.candlehub.model.MarketDescriptor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedChainStoreTest extends ChainStoreContractTest {
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive");

  @TempDir
  private Path folder;

  @Override
  CandleStore open() throws Exception {
    StoreConfig config = StoreConfig.from(Map.of("store.data-dir", folder.toString()));
    return await(CandleStores.open(vertx, config, MARKET, wall));
  }
}
