package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static io.candlehub.hub.store.Bars.bar;
import static io.candlehub.hub.store.Bars.millis;
import static io.candlehub.hub.store.StoreUnit.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MongoCandleStoreTest extends CandleStoreContractTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final MarketDescriptor SIMULATED =
      new MarketDescriptor("sim-1", MarketDescriptor.Mode.SYNTHETIC, "massive");
  private static final MarketDescriptor REAL =
      new MarketDescriptor("live-massive", MarketDescriptor.Mode.LIVE, "massive");
  private static final long T = millis("2025-11-03T10:00:00-05:00");
  private static final Instant NOW = Instant.parse("2025-11-04T12:00:00Z");

  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final String address = listen(server);

  private static String listen(MongoServer server) {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
  }

  @Override
  CandleStore open(boolean keep) throws Exception {
    return open(address + "/markets", SIMULATED, keep);
  }

  private CandleStore open(String uri, MarketDescriptor market, boolean keep) throws Exception {
    return await(CandleStores.open(vertx, config(uri, keep), market, InstantSource.fixed(NOW)));
  }

  private static StoreConfig config(String uri, boolean keep) {
    return StoreConfig.from(
        Map.of("store.mongo-uri", uri, "store.keep-simulated", Boolean.toString(keep)));
  }

  @Override
  void stopBackend() {
    server.shutdownNow();
  }

  private MongoClient client(String database) {
    return MongoClient.create(
        vertx, new JsonObject().put("connection_string", address).put("db_name", database));
  }

  @Test
  void shouldStoreDocumentsOfTheDocumentedShape() throws Exception {
    CandleStore store = open(address, REAL, false);
    await(store.write(SPY, MINUTE, List.of(bar(T, 45_000, 2))));
    JsonObject document =
        await(client("candlehub").findOne("option_aggregates", new JsonObject(), null));
    assertThat(document)
        .isEqualTo(new JsonObject()
            .put("_id", "minute|1|" + T + "|SPY")
            .put("ticker", "SPY")
            .put("timespan", "minute")
            .put("multiplier", 1)
            .put("timestamp", T)
            .put("open", 449.97)
            .put("high", 450.12)
            .put("low", 449.85)
            .put("close", 450.0)
            .put("volume", bar(T).volume())
            .put("vwap", 450.0012)
            .put("transactions", bar(T).trades())
            .put("source", "backfill")
            .put("revision", 2)
            .put("updatedAt", new JsonObject().put("$date", NOW.toString())));
    JsonArray indexes = await(client("candlehub").listIndexes("option_aggregates"));
    assertThat(indexes.stream()
            .map(JsonObject.class::cast)
            .filter(index -> index.getBoolean("unique", false))
            .map(index -> index.getJsonObject("key").fieldNames().toString()))
        .contains("[ticker, timespan, multiplier, timestamp]");
    await(store.close());
  }

  @Test
  void shouldKeepMarketsInDatabasesOfTheirOwn() throws Exception {
    CandleStore real = open(address + "/markets", REAL, false);
    CandleStore simulated = open(address + "/markets", SIMULATED, false);
    await(real.write(SPY, MINUTE, List.of(bar(T))));
    assertThat(await(simulated.read(SPY, MINUTE, 0, T)).size()).isZero();
    assertThat(await(client("markets").count("option_aggregates", new JsonObject())))
        .isEqualTo(1);
    await(simulated.write(SPY, MINUTE, List.of(bar(T))));
    assertThat(await(client("markets_sim-1").count("option_aggregates", new JsonObject())))
        .isEqualTo(1);
    await(real.close());
    await(simulated.close());
  }

  @Test
  void shouldLeaveOutDocumentsThatAreNoBars() throws Exception {
    CandleStore store = open(address, REAL, false);
    await(store.write(SPY, MINUTE, List.of(bar(T))));
    JsonObject foreign = new JsonObject()
        .put("ticker", "SPY")
        .put("timespan", "minute")
        .put("multiplier", 1)
        .put("timestamp", T - 60_000)
        .put("open", "450");
    await(client("candlehub").insert("option_aggregates", foreign));
    assertThat(Bars.starts(await(store.read(SPY, MINUTE, 0, T)))).containsExactly(T);
    await(store.close());
  }

  @Test
  void shouldFailCallsWhileTheServerIsGone() throws Exception {
    CandleStore store = open(address, REAL, false);
    server.shutdownNow();
    assertThatThrownBy(() -> await(store.write(SPY, MINUTE, List.of(bar(T)))))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.UNAVAILABLE))
        .hasMessage("the candle store is not available");
    assertThatThrownBy(() -> await(store.read(SPY, MINUTE, 0, T)))
        .isInstanceOf(FailureException.class);
    await(store.close());
  }

  @Test
  void shouldNameAnUnreachableServerWithoutItsSecretsWithin5Seconds() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String uri = "mongodb://ann:s3cret@127.0.0.1:" + free + "/db?authSource=admin";
    assertRefusedQuickly(() -> open(uri, REAL, false));
  }

  @Test
  void shouldCheckWithoutTouchingWhatIsThere() throws Exception {
    CandleStore written = open(address, SIMULATED, true);
    await(written.write(SPY, MINUTE, List.of(bar(T))));
    for (boolean keep : new boolean[] {true, false}) {
      await(CandleStores.check(vertx, config(address, keep), SIMULATED));
    }
    assertThat(await(written.read(SPY, MINUTE, 0, T)).size()).isEqualTo(1);
    await(written.close());
  }

  @Test
  void shouldNameASilentServerWithin5Seconds() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String uri = "mongodb://ann:s3cret@127.0.0.1:" + silent.getLocalPort() + "/db";
      assertRefusedQuickly(() -> await(CandleStores.check(vertx, config(uri, false), REAL)));
    }
  }

  private static void assertRefusedQuickly(ThrowingCallable opening) {
    long startNanos = System.nanoTime();
    assertThatThrownBy(opening)
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("store.mongo-uri = 'mongodb://***@127.0.0.1:")
        .hasMessageContaining("answers within 5 s")
        .hasMessageNotContainingAny("ann", "s3cret", "authSource");
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(6));
  }
}
