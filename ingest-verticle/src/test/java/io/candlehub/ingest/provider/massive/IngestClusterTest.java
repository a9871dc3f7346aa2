package io.candlehub.ingest.provider.massive;

import static io.candlehub.ingest.provider.massive.IngestFixture.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedReplay;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.demand.DemandReport;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ingest nodes and a hub node of a cluster that does what the test says. */
@Timeout(60)
class IngestClusterTest {
  private static final int SHARD = Shards.of(Instrument.of("SPY"));

  private final ScriptedCluster script = new ScriptedCluster();
  private final Map<String, String> deployments = new HashMap<>();
  private IngestFixture rig;

  @BeforeEach
  void deploy() {
    rig = new IngestFixture("hub");
    script.join("hub", Role.HUB);
    script.own("hub", 5, SHARD);
    ingest("a");
    ingest("b");
  }

  private void ingest(String node) {
    Cluster cluster = script.join(node, Role.INGEST);
    deployments.put(
        node,
        rig.deploy(new IngestVerticle(
            rig.config(), new MovableClock(TEN), new SimpleMeterRegistry(), cluster)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldOpenNothingBeforeItIsElected() {
    assertThat(script.competitions()).containsExactly("ingest/massive/all", "ingest/massive/all");
    for (String address :
        List.of(Addresses.INGEST_DEMAND, Addresses.INGEST_HISTORY, Addresses.INGEST_REPLAY)) {
      Throwable failure = catchThrowable(() -> rig.request(address, new JsonObject()));
      assertThat(failure).isInstanceOf(ReplyException.class);
      assertThat(((ReplyException) failure).failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
    }
    assertThat(rig.exchange.connections()).isZero();
    assertThat(rig.inbox).isEmpty();
  }

  @Test
  void shouldHandOverWithoutASecondConnectionOrLostDemand() throws Exception {
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    rig.rest.answer(request -> request.connection().closeHandler(closed -> {}));
    Future<Message<Object>> asked =
        rig.vertx.eventBus().request(Addresses.INGEST_HISTORY, IngestFixture.minutes());
    rig.request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "none"));

    script.depose("a");
    script.elect("b", 200, Duration.ofMillis(400));

    assertThat(FailureException.of(catchThrowable(asked::await)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    long left = System.nanoTime();
    assertThat(await(200, TopicStatus.class).topic().instrument().symbol()).isEqualTo("SPY");
    assertThat(System.nanoTime() - left).isGreaterThan(Duration.ofMillis(300).toNanos());
    assertThat(rig.exchange.connections()).isEqualTo(2);
    assertThat(rig.exchange.peak()).isEqualTo(1);
    rig.exchange.send(FakeExchange.second("SPY", TEN, 650));
    await(200, AggregateEvent.class);
  }

  @Test
  void shouldNeverHaveTwoConnectionsHoweverOftenItMoves() throws Exception {
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    String holder = "a";
    long term = 100;
    for (String next : List.of("b", "b", "a", "b", "a", "a", "a", "b")) {
      script.depose(holder);
      script.elect(next, ++term, next.equals(holder) ? Duration.ZERO : Duration.ofMillis(60));
      await(term, TopicStatus.class);
      holder = next;
    }

    assertThat(rig.exchange.peak()).isEqualTo(1);
    assertThat(rig.exchange.open()).isEqualTo(1);
  }

  @Test
  void shouldNeverHaveTwoConnectionsHoweverSoonItMoves() throws Exception {
    BlockingQueue<String> stages = new LinkedBlockingQueue<>();
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    rig.exchange.greet(socket -> {
      stages.add("greeting");
      socket.writeTextMessage(FakeExchange.status("connected", "Connected Successfully"));
    });
    rig.exchange.onAuth(socket -> stages.add("auth"));
    for (int term = 101; term < 121; term++) {
      String stage = term % 2 == 0 ? "greeting" : "auth";
      script.depose("a");
      script.elect("a", term, Duration.ZERO);
      String seen;
      do {
        seen = stages.poll(8, TimeUnit.SECONDS);
        assertThat(seen).as("a new connection under term " + term).isNotNull();
      } while (!seen.equals(stage));
    }

    assertThat(rig.exchange.peak()).isEqualTo(1);
  }

  @Test
  void shouldNotOpenIfItIsDeposedWhileItWaits() {
    script.elect("a", 100, Duration.ofMillis(50));
    script.depose("a");
    lead("b", 200);
    demand("seconds:SPY");

    exchangeSaw("auth");
    assertThat(rig.exchange.connections()).isEqualTo(1);
    assertThat(rig.demand("hub")).isEqualTo(DemandReport.answer(true));
  }

  @Test
  void shouldReplayAndTakeAcknowledgementsOverTheBus() throws Exception {
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    rig.exchange.send(FakeExchange.second("SPY", TEN, 650));
    await(100, AggregateEvent.class);
    rig.exchange.send(FakeExchange.second("SPY", TEN + 1_000, 651));
    await(100, AggregateEvent.class);

    FeedReplay.Answer answer = replay(FeedReplay.Question.fromSeq("hub", "massive", SHARD, 100, 1));
    assertThat(answer.gone()).isFalse();
    assertThat(answer.nextSeq()).isEqualTo(2);
    assertThat(((AggregateEvent) answer.parcel().batches().get(0).events().get(0)).close())
        .isEqualTo(651);
    assertThat(
            replay(FeedReplay.Question.fromSeq("hub", "massive", SHARD, 99, 1)).gone())
        .isTrue();

    rig.vertx
        .eventBus()
        .send(
            Addresses.INGEST_ACK,
            new FeedAcks("hub", "massive", 100, List.of(new FeedAcks.ShardAck(SHARD, 5, 2, 1)))
                .toJson());
    script.join("hub2", Role.HUB);
    BlockingQueue<FeedBatch> second = new LinkedBlockingQueue<>();
    rig.collect("hub2", second);
    script.own("hub2", 6, SHARD);
    FeedBatch again;
    do {
      again = second.poll(5, TimeUnit.SECONDS);
      assertThat(again).isNotNull();
    } while (again.shard() != SHARD);
    assertThat(again.firstSeq()).isEqualTo(1);
    assertThat(again.endSeq()).isEqualTo(2);
  }

  @Test
  void shouldCloseTheConnectionBeforeItGivesUpItsCandidacy() {
    lead("a", 100);
    demand("seconds:SPY");
    exchangeSaw("auth");

    rig.vertx.undeploy(deployments.get("a")).await();

    assertThat(script.competitions()).hasSize(1);
    script.elect("b", 200, Duration.ZERO);
    exchangeSaw("auth");
    assertThat(rig.exchange.peak()).isEqualTo(1);
  }

  private void lead(String node, long term) {
    script.elect(node, term, Duration.ZERO);
    while (true) {
      Throwable failure = catchThrowable(
          () -> rig.request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "none")));
      if (failure == null) {
        return;
      }
    }
  }

  private void demand(String... topics) {
    rig.demand("hub", topics);
  }

  private void exchangeSaw(String action) {
    try {
      String request;
      do {
        request = rig.exchange.nextRequest();
      } while (!request.contains(" " + action + " "));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private FeedReplay.Answer replay(FeedReplay.Question question) {
    return FeedReplay.Answer.of(rig.vertx
        .eventBus()
        .<FeedParcel>request(Addresses.INGEST_REPLAY, question.toJson())
        .await());
  }

  private <T extends FeedEvent> T await(long term, Class<T> type) throws InterruptedException {
    while (true) {
      FeedBatch batch = rig.inbox.poll(8, TimeUnit.SECONDS);
      assertThat(batch)
          .as("a frame of " + term + " with " + type.getSimpleName())
          .isNotNull();
      if (batch.ingestTerm() == term) {
        for (FeedEvent event : batch.events()) {
          if (type.isInstance(event)) {
            return type.cast(event);
          }
        }
      }
    }
  }
}
