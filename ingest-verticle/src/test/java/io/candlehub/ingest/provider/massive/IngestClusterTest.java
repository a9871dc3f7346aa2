package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedReplay;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import io.candlehub.contract.BusWatch;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.ingest.ScriptedCluster;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
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
  private static final long TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
  private static final int SHARD = Shards.of(Instrument.of("SPY"));

  private final ScriptedCluster script = new ScriptedCluster();
  private final BlockingQueue<FeedBatch> inbox = new LinkedBlockingQueue<>();
  private final Map<String, String> deployments = new HashMap<>();
  private Vertx vertx;
  private BusWatch bus;
  private FakeExchange exchange;
  private FakeRest rest;

  @BeforeEach
  void deploy() {
    vertx = Vertx.vertx();
    bus = BusWatch.over(
        vertx.eventBus(), to -> to.startsWith("ingest.") && !to.startsWith("ingest.demand."));
    BusCodecs.register(vertx);
    exchange = new FakeExchange(vertx);
    exchange.start();
    rest = new FakeRest(vertx);
    rest.start();
    vertx
        .eventBus()
        .<FeedParcel>consumer(
            Addresses.hubInbox("hub"), message -> inbox.addAll(message.body().batches()));
    script.join("hub", Role.HUB);
    script.own("hub", 5, SHARD);
    ingest("a");
    ingest("b");
  }

  private void ingest(String node) {
    Cluster cluster = script.join(node, Role.INGEST);
    IngestConfig config = IngestConfig.from(Map.of(
        "massive.api-key", "test-key",
        "massive.ws-url", exchange.url(),
        "massive.rest-url", rest.url()));
    deployments.put(
        node,
        vertx
            .deployVerticle(new IngestVerticle(
                config, new MovableClock(TEN), new SimpleMeterRegistry(), cluster))
            .await());
  }

  @AfterEach
  void close() {
    vertx.close().await();
    bus.check();
  }

  @Test
  void shouldOpenNothingBeforeItIsElected() {
    assertThat(script.competitions()).containsExactly("ingest/massive/all", "ingest/massive/all");
    for (String address :
        List.of(Addresses.INGEST_DEMAND, Addresses.INGEST_HISTORY, Addresses.INGEST_REPLAY)) {
      Throwable failure = catchThrowable(() -> request(address, new JsonObject()));
      assertThat(failure).isInstanceOf(ReplyException.class);
      assertThat(((ReplyException) failure).failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
    }
    assertThat(exchange.connections()).isZero();
    assertThat(inbox).isEmpty();
  }

  @Test
  void shouldHandOverWithoutASecondConnectionOrLostDemand() throws Exception {
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    rest.answer(request -> request.connection().closeHandler(closed -> {}));
    Future<Message<Object>> asked = vertx.eventBus().request(Addresses.INGEST_HISTORY, minutes());
    request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "none"));

    script.depose("a");
    script.elect("b", 200, Duration.ofMillis(400));

    assertThat(FailureException.of(catchThrowable(asked::await)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    long left = System.nanoTime();
    assertThat(await(200, TopicStatus.class).topic().instrument().symbol()).isEqualTo("SPY");
    assertThat(System.nanoTime() - left).isGreaterThan(Duration.ofMillis(300).toNanos());
    assertThat(exchange.connections()).isEqualTo(2);
    assertThat(exchange.peak()).isEqualTo(1);
    exchange.send(FakeExchange.second("SPY", TEN, 650));
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

    assertThat(exchange.peak()).isEqualTo(1);
    assertThat(exchange.open()).isEqualTo(1);
  }

  @Test
  void shouldNeverHaveTwoConnectionsHoweverSoonItMoves() throws Exception {
    BlockingQueue<String> stages = new LinkedBlockingQueue<>();
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    exchange.greet(socket -> {
      stages.add("greeting");
      socket.writeTextMessage(FakeExchange.status("connected", "Connected Successfully"));
    });
    exchange.onAuth(socket -> stages.add("auth"));
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

    assertThat(exchange.peak()).isEqualTo(1);
  }

  @Test
  void shouldNotOpenIfItIsDeposedWhileItWaits() {
    script.elect("a", 100, Duration.ofMillis(50));
    script.depose("a");
    lead("b", 200);
    demand("seconds:SPY");

    exchangeSaw("auth");
    assertThat(exchange.connections()).isEqualTo(1);
    assertThat(request(Addresses.INGEST_DEMAND, new JsonObject().put("topics", new JsonArray())))
        .isEqualTo(new JsonObject());
  }

  @Test
  void shouldReplayAndTakeAcknowledgementsOverTheBus() throws Exception {
    lead("a", 100);
    demand("seconds:SPY");
    await(100, TopicStatus.class);
    exchange.send(FakeExchange.second("SPY", TEN, 650));
    await(100, AggregateEvent.class);
    exchange.send(FakeExchange.second("SPY", TEN + 1_000, 651));
    await(100, AggregateEvent.class);

    FeedReplay.Answer answer = replay(FeedReplay.Question.fromSeq("hub", "massive", SHARD, 100, 1));
    assertThat(answer.gone()).isFalse();
    assertThat(answer.nextSeq()).isEqualTo(2);
    assertThat(((AggregateEvent) answer.parcel().batches().get(0).events().get(0)).close())
        .isEqualTo(651);
    assertThat(
            replay(FeedReplay.Question.fromSeq("hub", "massive", SHARD, 99, 1)).gone())
        .isTrue();

    vertx
        .eventBus()
        .send(
            Addresses.INGEST_ACK,
            new FeedAcks("hub", "massive", 100, List.of(new FeedAcks.ShardAck(SHARD, 5, 2, 1)))
                .toJson());
    script.join("hub2", Role.HUB);
    BlockingQueue<FeedBatch> second = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .<FeedParcel>consumer(
            Addresses.hubInbox("hub2"), message -> second.addAll(message.body().batches()));
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

    vertx.undeploy(deployments.get("a")).await();

    assertThat(script.competitions()).hasSize(1);
    script.elect("b", 200, Duration.ZERO);
    exchangeSaw("auth");
    assertThat(exchange.peak()).isEqualTo(1);
  }

  private void lead(String node, long term) {
    script.elect(node, term, Duration.ZERO);
    while (true) {
      Throwable failure = catchThrowable(
          () -> request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "none")));
      if (failure == null) {
        return;
      }
    }
  }

  private void demand(String... topics) {
    request(
        Addresses.INGEST_DEMAND,
        new JsonObject().put("node", "hub").put("topics", new JsonArray(List.of(topics))));
  }

  private void exchangeSaw(String action) {
    try {
      String request;
      do {
        request = exchange.nextRequest();
      } while (!request.contains(" " + action + " "));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private FeedReplay.Answer replay(FeedReplay.Question question) {
    return FeedReplay.Answer.of(vertx
        .eventBus()
        .<FeedParcel>request(Addresses.INGEST_REPLAY, question.toJson())
        .await());
  }

  private static JsonObject minutes() {
    return new JsonObject()
        .put("symbol", "SPY")
        .put("unit", "minute")
        .put("from", TEN)
        .put("to", TEN + 60_000)
        .put("priority", "chart");
  }

  private Object request(String address, Object body) {
    return vertx.eventBus().request(address, body).await().body();
  }

  private <T extends FeedEvent> T await(long term, Class<T> type) throws InterruptedException {
    while (true) {
      FeedBatch batch = inbox.poll(8, TimeUnit.SECONDS);
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
