package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IngestLinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(1_000));
  private final SingleNode cluster = new SingleNode(Set.of(Role.INGEST), InstantSource.system());
  private final IngestLink link = new IngestLink(vertx.eventBus(), cluster, scheduler, "massive");

  @AfterEach
  void close() {
    link.close();
    vertx.close().await();
  }

  private void serve(String address, String answer) {
    vertx
        .eventBus()
        .consumer(address, message -> message.reply(answer + message.headers().get("command")))
        .completion()
        .await();
  }

  private void lead() {
    cluster.leases().acquire(IngestLink.leaseKey("massive"), lost -> {}).await();
  }

  private static String body(Future<Message<String>> answer) throws Exception {
    return answer.await(10, TimeUnit.SECONDS).body();
  }

  @Test
  void shouldAskWhoeverServesWhileNoLeaderIsKnown() throws Exception {
    serve(Addresses.INGEST_HISTORY, "any ");

    assertThat(body(link.request(Addresses.INGEST_HISTORY, "?", LIMIT))).isEqualTo("any null");
  }

  @Test
  void shouldAskTheLeaderOnly() throws Exception {
    lead();
    serve(Addresses.INGEST_HISTORY, "any ");
    serve(Addresses.ingestCommand(SingleNode.NODE_ID), "leader ");

    assertThat(body(link.request(Addresses.INGEST_HISTORY, "?", LIMIT)))
        .isEqualTo("leader " + Addresses.INGEST_HISTORY);
  }

  @Test
  void shouldWaitForALeaderThatDoesNotServeYet() throws Exception {
    lead();
    Future<Message<String>> answer = link.request(Addresses.INGEST_HISTORY, "?", LIMIT);
    serve(Addresses.ingestCommand(SingleNode.NODE_ID), "leader ");
    scheduler.advance(Duration.ofMillis(200));

    assertThat(body(answer)).startsWith("leader ");
  }

  @Test
  void shouldAskTheNextLeaderWhatTheLastDidNotAnswer() throws Exception {
    vertx
        .eventBus()
        .consumer(Addresses.INGEST_HISTORY, silent -> {})
        .completion()
        .await();
    Future<Message<String>> answer = link.request(Addresses.INGEST_HISTORY, "?", LIMIT);
    serve(Addresses.ingestCommand(SingleNode.NODE_ID), "next ");
    lead();

    assertThat(body(answer)).startsWith("next ");
  }

  private static JsonObject ticket(String ticket) {
    return new JsonObject().put("ticket", ticket);
  }

  /** Answers with the ticket of a question. */
  private void serveTickets(String address) {
    vertx
        .eventBus()
        .<JsonObject>consumer(address, message -> message.reply(message.body().getString("ticket")))
        .completion()
        .await();
  }

  private static Failure failure(Future<Message<String>> answer) {
    return answer
        .transform(done -> Future.succeededFuture(FailureException.of(done.cause())))
        .await()
        .code();
  }

  @Test
  void shouldNotAskTheNextLeaderWhatWasCalledOff() throws Exception {
    vertx
        .eventBus()
        .consumer(Addresses.INGEST_HISTORY, silent -> {})
        .completion()
        .await();
    Promise<String> cancelled = Promise.promise();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_CANCEL,
            message -> cancelled.tryComplete(message.body().getString("ticket")))
        .completion()
        .await();
    Future<Message<String>> left = link.request(Addresses.INGEST_HISTORY, ticket("left"), LIMIT);
    Future<Message<String>> kept = link.request(Addresses.INGEST_HISTORY, ticket("kept"), LIMIT);
    link.callOff("left");
    assertThat(cancelled.future().await()).isEqualTo("left");
    assertThat(left.isComplete()).isFalse();
    serveTickets(Addresses.ingestCommand(SingleNode.NODE_ID));
    lead();

    assertThat(failure(left)).isEqualTo(Failure.UNAVAILABLE);
    assertThat(body(kept)).isEqualTo("kept");
  }

  @Test
  void shouldNotWaitWithWhatWasCalledOffForALeaderThatDoesNotServeYet() throws Exception {
    lead();
    Future<Message<String>> left = link.request(Addresses.INGEST_HISTORY, ticket("left"), LIMIT);
    link.callOff("left");
    Future<Message<String>> kept = link.request(Addresses.INGEST_HISTORY, ticket("kept"), LIMIT);
    serveTickets(Addresses.ingestCommand(SingleNode.NODE_ID));
    scheduler.advance(Duration.ofMillis(200));

    assertThat(failure(left)).isEqualTo(Failure.UNAVAILABLE);
    assertThat(body(kept)).isEqualTo("kept");
  }

  @Test
  void shouldPassOnWhatTheLeaderRefuses() {
    lead();
    vertx
        .eventBus()
        .consumer(
            Addresses.ingestCommand(SingleNode.NODE_ID),
            message -> Failure.RATE_LIMITED.because("later", 500).replyTo(message))
        .completion()
        .await();
    Future<Message<String>> answer = link.request(Addresses.INGEST_HISTORY, "?", LIMIT);

    assertThat(failure(answer)).isEqualTo(Failure.RATE_LIMITED);
  }
}
