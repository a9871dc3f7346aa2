package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one run stored, the next run serves: finished days come from the store and are not asked for again. */
@Timeout(180)
class StoreIT {
  private static final String AGGS = "/api/market/aggs?ticker=SPY&timeframe=1m&limit=50000";

  @TempDir
  Path folder;

  @Test
  void shouldServeFinishedDaysFromTheEmbeddedStore() throws Exception {
    restartAndCompare(Map.of());
  }

  @Test
  void shouldServeFinishedDaysFromMongo() throws Exception {
    MongoServer server = new MongoServer(new MemoryBackend());
    try {
      InetSocketAddress address = server.bind();
      restartAndCompare(
          Map.of("store.mongo-uri", "mongodb://127.0.0.1:" + address.getPort() + "/bars"));
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void shouldServeOnWhileTheDatabaseIsDownAndWriteLater() throws Exception {
    MongoServer server = new MongoServer(new MemoryBackend());
    InetSocketAddress address = server.bind();
    Map<String, String> settings = Map.of(
        "store.mongo-uri",
        "mongodb://127.0.0.1:" + address.getPort() + "/bars?serverSelectionTimeoutMS=1000",
        "simulator.speed",
        "60");
    try (HubProcess hub = HubProcess.start(folder, settings)) {
      int known = bars(hub).size();
      server.shutdownNow();
      await("minutes go on and wait to be written")
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            int now = bars(hub).size();
            JsonObject store = hub.json("/health/feeds").getJsonObject("store");
            return now > known
                && store.getString("state").equals("failing")
                && store.getInteger("pendingWrites") > 1;
          });
      assertThat(hub.json("/health/feeds").getString("status")).isEqualTo("degraded");
      server = new MongoServer(new MemoryBackend());
      server.bind(address);
      await("what waited is written")
          .atMost(Duration.ofSeconds(90))
          .until(() -> hub.json("/health/feeds")
              .getJsonObject("store")
              .getString("state")
              .equals("ok"));
      assertThat(hub.json("/health/feeds").getJsonObject("store").getLong("lostWrites"))
          .isZero();
      assertThat(hub.terminate()).as("exit code; log: %s", hub.log()).isZero();
      assertThat(hub.log()).contains("store takes bars again").doesNotContain("\tat ");
    } finally {
      server.shutdownNow();
    }
  }

  private void restartAndCompare(Map<String, String> store) throws Exception {
    Map<String, String> settings = new TreeMap<>(store);
    settings.put("store.keep-simulated", "true");
    List<JsonObject> before;
    try (HubProcess hub = HubProcess.start(folder, settings)) {
      before = bars(hub);
      await("bars are stored")
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              hub.json("/health/feeds").getJsonObject("store").getInteger("pendingWrites") == 0);
      assertThat(hub.terminate()).as("exit code; log: %s", hub.log()).isZero();
    }
    try (HubProcess hub = HubProcess.start(folder, settings)) {
      List<JsonObject> after = bars(hub);
      long today = hub.exchange("/sim/clock").getLong("marketMillis")
          - Duration.ofHours(10).toMillis();

      assertThat(values(after, today)).isNotEmpty().isEqualTo(values(before, today));
      assertThat(after.stream()
              .filter(bar -> bar.getLong("t") < today)
              .map(bar -> bar.getString("source")))
          .containsOnly("cache");
    }
  }

  private static List<JsonObject> bars(HubProcess hub) throws Exception {
    return ClientProcess.list(hub.json(AGGS).getJsonArray("bars"));
  }

  private static List<String> values(List<JsonObject> bars, long before) {
    return bars.stream()
        .filter(bar -> bar.getLong("t") < before)
        .map(FlatFile.Row::values)
        .toList();
  }
}
