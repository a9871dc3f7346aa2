package io.candlehub.hub;

import static io.candlehub.hub.HubRig.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Shards;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hubs on one bus with an assigned owner: shards move, owners vanish, and a client never notices. */
@Timeout(60)
class HubClusterTest {
  private static final int SHARD = Shards.of(SPY);
  private static final StreamKey CHART = new StreamKey(SPY, Timeframe.M1, SessionMode.EXTENDED);
  private static final StreamKey FIVES = new StreamKey(SPY, Timeframe.M5, SessionMode.EXTENDED);

  @TempDir
  private Path folder;

  private ClusterRig rig;

  @BeforeEach
  void open() {
    rig = new ClusterRig(folder, SPY);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldGoOnWhenTheOwnerDiesInMidStream() {
    rig.start("a", "b");
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(Addresses.chart(CHART), Addresses.chart(FIVES));
    BusClient client = rig.client(CHART);
    BusClient fives = rig.client(FIVES);
    rig.pass(100_000);
    assertThat(rig.ingest.questions).isNotEmpty();
    int asked = rig.ingest.questions.size();
    List<String> shrunk = client.shrunk();

    rig.kill("a");
    rig.pass(12_000);
    rig.cluster.grant(SHARD, "b", false).await();
    rig.untilUpdated(client);
    rig.pass(130_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.snapshots()).isEqualTo(1);
    assertThat(client.holes()).isZero();
    assertThat(client.shrunk()).isEqualTo(shrunk);
    assertThat(client.backward()).isZero();
    assertThat(fives.holes()).isZero();
    assertThat(fives.snapshots()).isEqualTo(1);
    assertThat(rig.ingest.questions).hasSizeLessThan(asked + 6);
  }

  @Test
  void shouldMoveAShardWithoutAGap() {
    rig.start("a", "b", "c");
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(Addresses.chart(CHART));
    BusClient client = rig.client(CHART);
    rig.pass(70_000);
    List<String> shrunk = client.shrunk();
    for (String[] move : new String[][] {{"a", "b"}, {"b", "c"}, {"c", "a"}}) {
      rig.cluster.move(SHARD, move[0], move[1]).await();
      rig.untilUpdated(client);
      rig.pass(20_000);
    }

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
    assertThat(client.backward()).isZero();
    assertThat(client.shrunk()).isEqualTo(shrunk);
    assertThat(rig.ingest.acks).anyMatch(ack -> ack.node().equals("c"));
  }

  @Test
  void shouldFillWhatTheJournalHasForgotten() {
    rig.start("a", "b");
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(Addresses.chart(CHART));
    BusClient client = rig.client(CHART);
    rig.pass(70_000);
    rig.kill("a");
    rig.pass(70_000);
    rig.ingest.forget();
    rig.cluster.grant(SHARD, "b", false).await();
    rig.pass(80_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
  }

  @Test
  void shouldAnswerCommandsAtAnyHubAndRefuseSoonWhenTheOwnerIsGone() {
    rig.start("a", "b");
    JsonObject question = new JsonObject().put("symbol", "SPY").put("timeframe", "1m");
    for (String address :
        List.of(Addresses.COMMAND_CHART, Addresses.COMMAND_HISTORY, Addresses.COMMAND_QUOTE)) {
      assertThatThrownBy(() -> rig.vertx.eventBus().request(address, question).await())
          .satisfies(failure -> {
            assertThat(FailureException.of(failure).code()).isEqualTo(Failure.UNAVAILABLE);
            assertThat(FailureException.of(failure).retryAfterMillis()).isPositive();
          });
    }
    assertThat(rig.vertx
            .eventBus()
            .<JsonObject>request(Addresses.COMMAND_HEALTH, new JsonObject())
            .await()
            .body()
            .getInteger("shards"))
        .isZero();
    rig.cluster.grant(SHARD, "a", false).await();
    for (int i = 0; i < 4; i++) {
      assertThat(rig.vertx
              .eventBus()
              .request(Addresses.COMMAND_CHART, question)
              .await()
              .headers()
              .get("kind"))
          .isEqualTo("snapshot");
    }
    JsonObject unknown = new JsonObject().put("symbol", "SPY").put("timeframe", "7m");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() ->
              rig.vertx.eventBus().request(Addresses.COMMAND_CHART, unknown).await())
          .satisfies(failure ->
              assertThat(FailureException.of(failure).code()).isEqualTo(Failure.INVALID_PARAMETER));
    }
    rig.kill("a");
    long begun = System.nanoTime();
    assertThatThrownBy(() ->
            rig.vertx.eventBus().request(Addresses.COMMAND_CHART, question).await())
        .satisfies(failure ->
            assertThat(FailureException.of(failure).code()).isEqualTo(Failure.UNAVAILABLE));
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(1_000);
  }

  @Test
  void shouldForgetAShardAtOnceWhenItIsLost() {
    rig.start("a", "b");
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(Addresses.chart(CHART));
    BusClient client = rig.client(CHART);
    rig.pass(60_000);
    rig.cluster.lose(SHARD, "a").await();
    int before = client.updates();
    rig.pass(10_000);
    assertThat(client.updates()).isEqualTo(before);
    rig.cluster.grant(SHARD, "b", false).await();
    rig.pass(60_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
  }

  @Test
  void shouldGoOnWhenAShardComesBackAfterAMoment() {
    rig.start("a");
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(Addresses.chart(CHART));
    BusClient client = rig.client(CHART);
    rig.pass(70_000);
    List<String> shrunk = client.shrunk();
    rig.cluster.lose(SHARD, "a").await();
    rig.pass(20_000);
    rig.cluster.grant(SHARD, "a", false).await();
    rig.pass(60_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
    assertThat(client.shrunk()).isEqualTo(shrunk);
  }
}
