package io.candlehub.hub.store;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.Map;

class MongoSelectionStoreTest extends SelectionStoreContractTest {
  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final InetSocketAddress address = server.bind();

  @Override
  Map<String, String> settings() {
    return Map.of("store.mongo-uri", "mongodb://127.0.0.1:" + address.getPort() + "/markets");
  }

  @Override
  void stopDatabase() {
    server.shutdownNow();
  }
}
