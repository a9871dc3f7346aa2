package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.candlehub.model.MarketDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MongoChainStoreTest extends ChainStoreContractTest {
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive");

  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final String address = listen();

  private String listen() {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
  }

  @Override
  CandleStore open() throws Exception {
    StoreConfig config = StoreConfig.from(Map.of("store.mongo-uri", address + "/markets"));
    return await(CandleStores.open(vertx, config, MARKET, wall));
  }

  @Override
  void stopBackend() {
    server.shutdownNow();
  }

  @Test
  void shouldLetTheServerDropChainsAfterADay() throws Exception {
    JsonObject config =
        new JsonObject().put("connection_string", address).put("db_name", "markets");
    MongoClient client = MongoClient.create(vertx, config);
    JsonArray indexes = await(client.listIndexes("option_chain_snapshots"));
    assertThat(indexes.stream().map(JsonObject.class::cast))
        .anySatisfy(index -> {
          assertThat(index.getJsonObject("key").fieldNames())
              .containsExactly("underlying", "expiration");
          assertThat(index.getBoolean("unique")).isTrue();
        })
        .anySatisfy(index -> {
          assertThat(index.getJsonObject("key").fieldNames()).containsExactly("updatedAt");
          assertThat(index.getLong("expireAfterSeconds")).isEqualTo(86_400);
        });
    await(client.close());
  }
}
