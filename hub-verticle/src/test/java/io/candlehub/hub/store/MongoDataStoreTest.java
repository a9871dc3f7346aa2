package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.candlehub.model.MarketDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;

class MongoDataStoreTest extends DataStoreContractTest {
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive");

  private MongoServer server = new MongoServer(new MemoryBackend());
  private final InetSocketAddress address = listen(0);

  private InetSocketAddress listen(int port) {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return server.getLocalAddress();
  }

  @Override
  CandleStore database() throws Exception {
    StoreConfig config = StoreConfig.from(
        Map.of("store.mongo-uri", "mongodb://127.0.0.1:" + address.getPort() + "/markets"));
    return await(CandleStores.open(vertx, config, MARKET, InstantSource.system()));
  }

  @Override
  void breakDatabase(CandleStore open) {
    server.shutdownNow();
  }

  @Override
  void mendDatabase() {
    server = new MongoServer(new MemoryBackend());
    listen(address.getPort());
  }

  @Override
  void stopDatabase() {
    server.shutdownNow();
  }
}
