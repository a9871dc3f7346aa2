package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;

import io.candlehub.model.MarketDescriptor;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract against a real server, in a database of its own: {@code -Dcandlehub.test.mongo-uri=mongodb://...}. */
@EnabledIfSystemProperty(
    named = MongoServerCandleStoreTest.URI,
    matches = ".+",
    disabledReason = "needs a MongoDB server: -Dcandlehub.test.mongo-uri=mongodb://...")
class MongoServerCandleStoreTest extends CandleStoreContractTest {
  static final String URI = "candlehub.test.mongo-uri";

  private static final MarketDescriptor MARKET =
      new MarketDescriptor("sim-contract-test", MarketDescriptor.Mode.SYNTHETIC, "massive");

  @Override
  CandleStore open(boolean keep) throws Exception {
    StoreConfig config = StoreConfig.from(Map.of(
        "store.mongo-uri",
        System.getProperty(URI),
        "store.keep-simulated",
        Boolean.toString(keep)));
    return await(CandleStores.open(vertx, config, MARKET, InstantSource.system()));
  }

  @Override
  void stopBackend() throws Exception {
    await(open(false).close());
  }
}
