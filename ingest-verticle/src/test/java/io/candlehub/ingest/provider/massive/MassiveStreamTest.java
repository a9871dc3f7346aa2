package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MassiveStreamTest extends StreamFixture {
  @Test
  void shouldAuthenticateSubscribeAndBeReadyByAcknowledgement() throws Exception {
    open(timings());
    demand("seconds:SPY", "minutes:BRK.B");

    assertThat(exchange.nextRequest()).isEqualTo("/stocks auth test-key");
    assertThat(topicsOf(exchange.nextRequest(), "/stocks subscribe "))
        .containsOnly("A.SPY", "AM.BRK.B");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY", "minutes:BRK.B");
    assertThat(states())
        .containsExactly(
            FeedStatus.State.IDLE, FeedStatus.State.CONNECTING, FeedStatus.State.STREAMING);
  }

  @Test
  void shouldDeliverDataInTheOrderOfTheWire() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");

    exchange.send(FakeExchange.second("SPY", MONDAY_TEN, 650));
    exchange.send("[{\"ev\":\"A\",\"sym\":\"SPY\"");
    exchange.send(FakeExchange.second("SPY", MONDAY_TEN + 1_000, 651));

    AggregateEvent first = await(AggregateEvent.class, event -> true);
    AggregateEvent second = await(AggregateEvent.class, event -> true);
    assertThat(first.close()).isEqualTo(650);
    assertThat(second.close()).isEqualTo(651);
    assertThat(exchange.connections()).isEqualTo(1);
    assertThat(registry
            .get("candlehub.ingest.violations")
            .tag("kind", "malformed")
            .counter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void shouldBeReadyAfterGraceWithoutAcknowledgement() throws Exception {
    exchange.onSubscribe((socket, params) -> {});
    open(timings());
    demand("seconds:SPY");

    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
  }

  @Test
  void shouldTakeDataForAnAcknowledgement() throws Exception {
    exchange.onSubscribe(
        (socket, params) -> socket.writeTextMessage(FakeExchange.second("SPY", MONDAY_TEN, 650)));
    open(withGrace(NEVER));
    demand("seconds:SPY");

    await(AggregateEvent.class, event -> true);
    assertThat(heard)
        .contains(
            new TopicStatus(Topic.parse("seconds:SPY").orElseThrow(), TopicStatus.State.READY));
  }

  @Test
  void shouldDropRefusedChannelAndNameIt() throws Exception {
    exchange.onSubscribe((socket, params) -> {
      socket.writeTextMessage(FakeExchange.status("error", "not authorized"));
      String accepted = Stream.of(params.split(",", -1))
          .filter(topic -> !topic.startsWith("Q."))
          .collect(Collectors.joining(","));
      if (!accepted.isEmpty()) {
        FakeExchange.acknowledge(socket, accepted);
      }
    });
    open(timings());
    demand("seconds:SPY", "quotes:SPY");

    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    awaitTopics(TopicStatus.State.REFUSED, "quotes:SPY");
    FeedStatus status = await(FeedStatus.class, s -> !s.missing().isEmpty());
    assertThat(status.missing()).containsExactly("quotes");
    assertThat(status.state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(exchange.connections()).isEqualTo(1);
  }

  @Test
  void shouldFollowChangesOfDemandOnOneConnection() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    exchange.nextRequest();
    exchange.nextRequest();

    demand("seconds:QQQ");

    assertThat(exchange.nextRequest()).isEqualTo("/stocks unsubscribe A.SPY");
    assertThat(exchange.nextRequest()).isEqualTo("/stocks subscribe A.QQQ");
    awaitTopics(TopicStatus.State.READY, "seconds:QQQ");
    assertThat(exchange.connections()).isEqualTo(1);
  }

  @Test
  void shouldCloseAndRestWhenNothingIsWanted() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    LinkedBlockingQueue<String> closes = new LinkedBlockingQueue<>();
    exchange.last().closeHandler(closed -> closes.add("closed"));

    demand();

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.IDLE);
    assertThat(closes.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    assertThat(states()).doesNotContain(FeedStatus.State.DISCONNECTED);
  }

  @Test
  void shouldSurviveGarbageOfEveryKind() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    ServerWebSocket socket = exchange.last();

    for (String frame : new String[] {"", "[", "{}", "[]", "null", "[null,1,[[]]]", "\u0000"}) {
      socket.writeTextMessage(frame);
    }
    socket.writeTextMessage(FakeExchange.second("SPY", MONDAY_TEN, 650));

    await(AggregateEvent.class, event -> true);
    assertThat(exchange.connections()).isEqualTo(1);
  }
}
