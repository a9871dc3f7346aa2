package io.candlehub.ingest.provider.massive;

import static io.candlehub.ingest.provider.massive.IngestFixture.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.SingleNode;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.model.BarBlock;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IngestVerticleTest {
  private final MovableClock clock = new MovableClock(TEN);
  private IngestFixture rig;
  private String deployment;

  @BeforeEach
  void deploy() {
    rig = new IngestFixture(SingleNode.NODE_ID);
    deployment = rig.deploy(new IngestVerticle(rig.config(), clock, new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldStreamWhatIsDemandedCountingWithoutGaps() throws Exception {
    rig.demand(SingleNode.NODE_ID, "seconds:SPY");
    awaitEvent(TopicStatus.class);
    rig.exchange.send(FakeExchange.second("SPY", TEN, 650));
    awaitEvent(AggregateEvent.class);
    rig.exchange.send(FakeExchange.second("SPY", TEN + 1_000, 651));

    assertThat(((AggregateEvent) awaitEvent(AggregateEvent.class)).close()).isEqualTo(651);
  }

  @Test
  void shouldAnswerHistoryOnceForEqualQuestions() {
    Promise<Void> asked = Promise.promise();
    rig.rest.answer(request -> asked
        .future()
        .onSuccess(ignored -> request
            .response()
            .end("{\"results\":[{\"t\":" + TEN + ",\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":5}]}")));

    Future<Message<Object>> first =
        rig.vertx.eventBus().request(Addresses.INGEST_HISTORY, IngestFixture.minutes());
    Future<Message<Object>> second =
        rig.vertx.eventBus().request(Addresses.INGEST_HISTORY, IngestFixture.minutes());
    rig.demand(SingleNode.NODE_ID);
    asked.complete();

    Message<Object> reply = first.await();
    assertThat(((BarBlock) reply.body()).size()).isEqualTo(1);
    assertThat(reply.headers().get("askedAt")).isEqualTo(Long.toString(TEN));
    assertThat(second.await().body()).isEqualTo(reply.body());
    assertThat(rig.rest.requests()).hasSize(1);
  }

  @Test
  void shouldCarryFailuresAcrossTheBus() {
    rig.rest.answer(request ->
        request.response().setStatusCode(429).putHeader("Retry-After", "9").end());

    FailureException failure = failure(Addresses.INGEST_HISTORY, IngestFixture.minutes());

    assertThat(failure.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(failure.retryAfterMillis()).isBetween(8_000L, 9_000L);
  }

  @Test
  void shouldAnswerReferenceData() {
    rig.rest.answer(request -> request
        .response()
        .end(
            request.path().endsWith("splits")
                ? "{\"results\":[{\"execution_date\":\"2020-08-31\",\"split_from\":1,\"split_to\":4}]}"
                : request.path().endsWith("/AAPL")
                    ? "{\"results\":{\"ticker\":\"AAPL\",\"name\":\"Apple\",\"type\":\"CS\"}}"
                    : "{\"results\":[{\"ticker\":\"AAPL\",\"name\":\"Apple\",\"type\":\"CS\"}]}"));
    JsonObject apple = new JsonObject()
        .put("symbol", "AAPL")
        .put("name", "Apple")
        .put("type", "CS")
        .put("exchange", "")
        .put("source", "massive");

    assertThat(rig.request(Addresses.INGEST_INSTRUMENT, new JsonObject().put("symbol", "AAPL")))
        .isEqualTo(apple);
    assertThat(rig.request(
            Addresses.INGEST_SYMBOLS, new JsonObject().put("query", "appl").put("limit", 5)))
        .isEqualTo(new JsonArray().add(apple));
    assertThat(rig.request(Addresses.INGEST_SPLITS, new JsonObject().put("symbol", "AAPL")))
        .hasToString("[{\"date\":\"2020-08-31\",\"from\":1,\"to\":4,\"source\":\"massive\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"symbol", "unit", "from", "to", "priority"})
  void shouldNameTheParameterThatIsWrong(String name) {
    JsonObject wrong = IngestFixture.minutes().put(name, new JsonObject());

    FailureException failure = failure(Addresses.INGEST_HISTORY, wrong);

    assertThat(failure.code()).isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure.getMessage()).startsWith(name);
  }

  @Test
  void shouldRefuseOtherMalformedRequests() {
    assertThat(failure(Addresses.INGEST_DEMAND, "text").code())
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure(
                Addresses.INGEST_DEMAND,
                new JsonObject()
                    .put("owner", "hub-1")
                    .put("node", "hub")
                    .put("number", 1)
                    .put("sets", new JsonObject().put("others", "trades:SPY")))
            .code())
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure(Addresses.INGEST_HISTORY, IngestFixture.minutes().put("to", 5))
            .code())
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(
            failure(Addresses.INGEST_SYMBOLS, new JsonObject().put("query", " ").put("limit", 5))
                .code())
        .isEqualTo(Failure.INVALID_PARAMETER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"from", "to"})
  void shouldRefuseRangesThatAreNone(String name) {
    for (long millis : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
      FailureException failure =
          failure(Addresses.INGEST_HISTORY, IngestFixture.minutes().put(name, millis));

      assertThat(failure.code()).isEqualTo(Failure.INVALID_PARAMETER);
    }
    assertThat(rig.rest.requests()).isEmpty();
  }

  @Test
  void shouldLetAnAskerLeave() {
    rig.rest.answer(request -> request.connection().closeHandler(closed -> {}));

    Future<Message<Object>> asked = rig.vertx
        .eventBus()
        .request(Addresses.INGEST_HISTORY, IngestFixture.minutes().put("ticket", "chart-1"));
    Object left = rig.request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "chart-1"));

    assertThat(left).isEqualTo(new JsonObject());
    assertThat(FailureException.of(catchThrowable(asked::await)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    assertThat(
            failure(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "")).code())
        .isEqualTo(Failure.INVALID_PARAMETER);
  }

  private Future<Message<Object>> askForChain(String ticket) {
    return rig.vertx
        .eventBus()
        .request(
            Addresses.INGEST_CHAIN,
            new JsonObject()
                .put("symbol", "SPY")
                .put("first", "2025-12-19")
                .put("last", "2025-12-19")
                .put("priority", "reader")
                .put("ticket", ticket));
  }

  @Test
  void shouldLoadAChainAsLongAsAnybodyWaits() {
    Promise<HttpServerRequest> arrived = Promise.promise();
    rig.rest.answer(arrived::complete);

    Future<Message<Object>> left = askForChain("one");
    Future<Message<Object>> stayed = askForChain("other");
    HttpServerRequest only = arrived.future().await();
    rig.request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "one"));
    assertThat(FailureException.of(catchThrowable(left::await)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    only.response().end(Payload.text("chain"));

    assertThat(stayed.await().body()).isInstanceOf(Buffer.class);
    assertThat(rig.rest.requests()).hasSize(1);
  }

  @Test
  void shouldLoadAChainAnewForWhoComesBack() {
    Promise<Void> arrived = Promise.promise();
    rig.rest.answer(request -> arrived.complete());

    Future<Message<Object>> left = askForChain("one");
    arrived.future().await();
    rig.rest.answer(200, Payload.text("chain"));
    rig.request(Addresses.INGEST_CANCEL, new JsonObject().put("ticket", "one"));
    Future<Message<Object>> back = askForChain("one");

    assertThat(back.await().body()).isInstanceOf(Buffer.class);
    assertThat(left.failed()).isTrue();
    assertThat(rig.rest.requests()).hasSize(2);
  }

  @Test
  void shouldAnswerWhatTheMarketDoesAndAskOnce() {
    rig.rest.answer(200, "{\"market\":\"open\",\"exchanges\":{\"nyse\":\"open\"}}");

    for (int i = 0; i < 3; i++) {
      assertThat(rig.request(Addresses.INGEST_MARKET_STATUS, new JsonObject()))
          .isEqualTo(new JsonObject()
              .put("market", "open")
              .put("exchanges", new JsonObject().put("nyse", "open"))
              .put("serverTime", "")
              .put("earlyHours", false)
              .put("afterHours", false)
              .put("askedAt", TEN)
              .put("source", "massive"));
    }
    assertThat(rig.rest.requests()).hasSize(1);
  }

  @Test
  void shouldTellEverybodyThatATopicIsMute() throws Exception {
    LinkedBlockingQueue<JsonObject> alerts = new LinkedBlockingQueue<>();
    rig.vertx
        .eventBus()
        .<Buffer>consumer(Addresses.ALERTS, message -> alerts.add(message.body().toJsonObject()));
    rig.demand(SingleNode.NODE_ID, "seconds:SPY", "minutes:SPY");
    awaitEvent(TopicStatus.class);
    clock.advance(240_000);
    rig.exchange.send(FakeExchange.second("SPY", TEN + 239_000, 650));
    awaitEvent(AggregateEvent.class);
    rig.rest.answer(
        200, "{\"results\":[" + row(0) + "," + row(1) + "," + row(2) + "],\"status\":\"OK\"}");

    JsonObject alert = null;
    while (alert == null) {
      rig.request(Addresses.INGEST_HISTORY, IngestFixture.minutes().put("to", TEN + 240_000));
      alert = alerts.poll(300, TimeUnit.MILLISECONDS);
    }

    assertThat(alert.getString("kind")).isEqualTo("mute-feed");
    assertThat(alert.getString("subject")).isEqualTo("SPY");
    assertThat(alert.getString("message")).startsWith("minutes: ");
  }

  private static String row(int minute) {
    return "{\"t\":" + (TEN + minute * 60_000L) + ",\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":5}";
  }

  @Test
  void shouldCloseTheStreamWhenUndeployed() throws Exception {
    rig.demand(SingleNode.NODE_ID, "seconds:SPY");
    awaitEvent(TopicStatus.class);
    LinkedBlockingQueue<String> closes = new LinkedBlockingQueue<>();
    rig.exchange.last().closeHandler(closed -> closes.add("closed"));

    rig.vertx.undeploy(deployment).await();

    assertThat(closes.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
  }

  private FailureException failure(String address, Object body) {
    return FailureException.of(catchThrowable(() -> rig.request(address, body)));
  }

  private long nextSeq;

  private FeedEvent awaitEvent(Class<? extends FeedEvent> type) throws InterruptedException {
    while (true) {
      FeedBatch batch = rig.inbox.poll(5, TimeUnit.SECONDS);
      assertThat(batch).as("a batch with " + type.getSimpleName()).isNotNull();
      assertThat(batch.firstSeq()).isEqualTo(nextSeq);
      nextSeq += batch.events().size();
      for (FeedEvent event : batch.events()) {
        if (type.isInstance(event)) {
          return event;
        }
      }
    }
  }
}
