package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Bar;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hubs on one bus with an assigned owner: shards move, owners vanish, and a client never notices. */
@Timeout(60)
class HubClusterTest {
  private static final int SHARD = Shards.of(SPY);
  private static final double SPEED = 30;
  private static final StreamKey CHART = new StreamKey(SPY, Timeframe.M1, SessionMode.EXTENDED);
  private static final StreamKey FIVES = new StreamKey(SPY, Timeframe.M5, SessionMode.EXTENDED);

  @TempDir
  private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedCluster cluster = new ScriptedCluster();
  private final Map<String, String> deployments = new HashMap<>();
  private final MarketClock clock = running(HubRig.at("2013-10-07T10:00:20"));
  private ScriptedIngest ingest;

  private static MarketClock running(long startMillis) {
    long begun = System.nanoTime();
    return new MarketClock() {
      @Override
      public long millis() {
        return startMillis + Math.round((System.nanoTime() - begun) / 1e6 * SPEED);
      }

      @Override
      public double speed() {
        return SPEED;
      }
    };
  }

  private void start(String... nodes) {
    BusCodecs.register(vertx);
    ingest = new ScriptedIngest(vertx, clock, cluster, SHARD);
    for (String node : nodes) {
      HubConfig config =
          HubConfig.from(Map.of("store.data-dir", folder.resolve(node).toString()));
      HubVerticle hub = new HubVerticle(
          config,
          clock,
          new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive"),
          new SimpleMeterRegistry(),
          cluster.join(node),
          InstantSource.system(),
          VertxScheduler::new);
      deployments.put(node, vertx.deployVerticle(hub).await());
      ingest.join(node);
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      vertx.timer(5, TimeUnit.MILLISECONDS).await();
    }
  }

  private void pass(long marketMillis) {
    long end = clock.millis() + marketMillis;
    until(() -> clock.millis() >= end);
  }

  private void demand(String... topics) {
    vertx
        .eventBus()
        .request(
            Addresses.COMMAND_DEMAND,
            new JsonObject()
                .put("owner", "test")
                .put("topics", new JsonArray(List.of(topics)))
                .put("leaseMs", 3_600_000))
        .await();
  }

  private BusClient client(StreamKey key) {
    BusClient client = new BusClient(vertx, key);
    until(() -> client.snapshots() == 1);
    return client;
  }

  private void kill(String node) {
    ingest.leave(node);
    vertx.undeploy(deployments.remove(node)).await();
    cluster.kill(node);
  }

  private void assertTruth(BusClient client) {
    long end = ingest.stop();
    until(() -> isTruth(client, end));
    List<Long> starts = client.bars().stream()
        .map(Bar::startMillis)
        .filter(start -> start >= HubRig.at("2013-10-07T09:30") && start < end)
        .toList();
    List<Long> traded = new ArrayList<>();
    for (long m = HubRig.at("2013-10-07T09:30"); m < end; m += MINUTE) {
      if (HubRig.isTraded(m)) {
        traded.add(m);
      }
    }
    assertThat(starts).isEqualTo(traded);
  }

  private static boolean isTruth(BusClient client, long end) {
    return client.bars().stream()
            .filter(bar -> bar.startMillis() >= HubRig.at("2013-10-07T09:30"))
            .filter(bar -> bar.startMillis() < end)
            .allMatch(bar -> bar.isFinal()
                && bar.volume() == 60
                && bar.close()
                    == HubRig.minute(bar.startMillis(), Long.MAX_VALUE).close())
        && client.bars().stream().anyMatch(bar -> bar.startMillis() >= end - 2 * MINUTE);
  }

  @Test
  void shouldGoOnWhenTheOwnerDiesInMidStream() {
    start("a", "b");
    cluster.grant(SHARD, "a", false).await();
    demand(Addresses.chart(CHART), Addresses.chart(FIVES));
    BusClient client = client(CHART);
    BusClient fives = client(FIVES);
    pass(100_000);
    assertThat(ingest.questions).isNotEmpty();
    int asked = ingest.questions.size();
    List<String> shrunk = client.shrunk();

    kill("a");
    pass(12_000);
    cluster.grant(SHARD, "b", false).await();
    int before = client.updates();
    until(() -> client.updates() > before);
    pass(130_000);

    assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.snapshots()).isEqualTo(1);
    assertThat(client.holes()).isZero();
    assertThat(client.shrunk()).isEqualTo(shrunk);
    assertThat(client.backward()).isZero();
    assertThat(fives.holes()).isZero();
    assertThat(fives.snapshots()).isEqualTo(1);
    assertThat(ingest.questions).hasSizeLessThan(asked + 6);
  }

  @Test
  void shouldMoveAShardWithoutAGap() {
    start("a", "b", "c");
    cluster.grant(SHARD, "a", false).await();
    demand(Addresses.chart(CHART));
    BusClient client = client(CHART);
    pass(70_000);
    List<String> shrunk = client.shrunk();
    for (String[] move : new String[][] {{"a", "b"}, {"b", "c"}, {"c", "a"}}) {
      cluster.move(SHARD, move[0], move[1]).await();
      int before = client.updates();
      until(() -> client.updates() > before);
      pass(20_000);
    }

    assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
    assertThat(client.backward()).isZero();
    assertThat(client.shrunk()).isEqualTo(shrunk);
    assertThat(ingest.acks).anyMatch(ack -> ack.node().equals("c"));
  }

  @Test
  void shouldFillWhatTheJournalHasForgotten() {
    start("a", "b");
    cluster.grant(SHARD, "a", false).await();
    demand(Addresses.chart(CHART));
    BusClient client = client(CHART);
    pass(70_000);
    kill("a");
    pass(70_000);
    ingest.forget();
    cluster.grant(SHARD, "b", false).await();
    pass(80_000);

    assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
  }

  @Test
  void shouldAnswerCommandsAtAnyHubAndRefuseSoonWhenTheOwnerIsGone() {
    start("a", "b");
    JsonObject question = new JsonObject().put("symbol", "SPY").put("timeframe", "1m");
    assertThatThrownBy(
            () -> vertx.eventBus().request(Addresses.COMMAND_CHART, question).await())
        .satisfies(failure ->
            assertThat(FailureException.of(failure).code()).isEqualTo(Failure.UNAVAILABLE));
    cluster.grant(SHARD, "a", false).await();
    for (int i = 0; i < 4; i++) {
      assertThat(vertx
              .eventBus()
              .request(Addresses.COMMAND_CHART, question)
              .await()
              .headers()
              .get("kind"))
          .isEqualTo("snapshot");
    }
    JsonObject unknown = new JsonObject().put("symbol", "SPY").put("timeframe", "7m");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> vertx.eventBus().request(Addresses.COMMAND_CHART, unknown).await())
          .satisfies(failure ->
              assertThat(FailureException.of(failure).code()).isEqualTo(Failure.INVALID_PARAMETER));
    }
    kill("a");
    long begun = System.nanoTime();
    assertThatThrownBy(
            () -> vertx.eventBus().request(Addresses.COMMAND_CHART, question).await())
        .satisfies(failure ->
            assertThat(FailureException.of(failure).code()).isEqualTo(Failure.UNAVAILABLE));
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(1_000);
  }

  @Test
  void shouldForgetAShardAtOnceWhenItIsLost() {
    start("a", "b");
    cluster.grant(SHARD, "a", false).await();
    demand(Addresses.chart(CHART));
    BusClient client = client(CHART);
    pass(60_000);
    cluster.lose(SHARD, "a").await();
    int before = client.updates();
    pass(10_000);
    assertThat(client.updates()).isEqualTo(before);
    cluster.grant(SHARD, "b", false).await();
    pass(60_000);

    assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
  }

  @Test
  void shouldGoOnWhenAShardComesBackAfterAMoment() {
    start("a");
    cluster.grant(SHARD, "a", false).await();
    demand(Addresses.chart(CHART));
    BusClient client = client(CHART);
    pass(70_000);
    List<String> shrunk = client.shrunk();
    cluster.lose(SHARD, "a").await();
    pass(20_000);
    cluster.grant(SHARD, "a", false).await();
    pass(60_000);

    assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
    assertThat(client.shrunk()).isEqualTo(shrunk);
  }
}
