package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.TopicStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MassiveStreamLossTest extends StreamFixture {
  @Test
  void shouldResubscribeEverythingAfterALoss() throws Exception {
    open(timings());
    demand("seconds:SPY", "minutes:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY", "minutes:SPY");
    exchange.nextRequest();
    exchange.nextRequest();

    exchange.last().close().await();

    awaitTopics(TopicStatus.State.LOST, "seconds:SPY", "minutes:SPY");
    await(FeedStatus.class, s -> s.state() == FeedStatus.State.DISCONNECTED);
    awaitTopics(TopicStatus.State.READY, "seconds:SPY", "minutes:SPY");
    assertThat(exchange.nextRequest()).startsWith("/stocks auth");
    assertThat(topicsOf(exchange.nextRequest(), "/stocks subscribe "))
        .containsOnly("A.SPY", "AM.SPY");
    assertThat(registry.get("candlehub.ingest.reconnects").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldStayAwayAfterEviction() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    long before = System.nanoTime();

    exchange.send(FakeExchange.status(
        "max_connections", "Maximum number of websocket connections exceeded."));

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.EVICTED);
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThan(timings().evictionCoolDown());
    await(FeedStatus.class, s -> s.state() == FeedStatus.State.STREAMING);
  }

  @Test
  void shouldTakeClosingByPolicyForAnEviction() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");

    exchange.last().close((short) 1008, "policy").await();

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.EVICTED);
  }

  @Test
  void shouldTryAgainSlowlyWhileTheKeyIsRefused() throws Exception {
    exchange.onAuth(socket ->
        socket.writeTextMessage(FakeExchange.status("auth_failed", "authentication failed")));
    open(timings());
    demand("seconds:SPY");

    FeedStatus refused = await(FeedStatus.class, s -> s.state() == FeedStatus.State.REFUSED);
    assertThat(refused.reason()).isEqualTo("the provider refused the key");
    exchange.onAuth(socket -> socket.writeTextMessage(FakeExchange.AUTHENTICATED));
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
  }

  @Test
  void shouldSayThatThePlanHasNoStream() throws Exception {
    exchange.onAuth(socket -> socket.writeTextMessage(
        FakeExchange.status("auth_failed", "Your plan doesn't include websocket access.")));
    open(timings());
    demand("seconds:SPY");

    FeedStatus refused = await(FeedStatus.class, s -> s.state() == FeedStatus.State.REFUSED);
    assertThat(refused.reason()).isEqualTo("the plan has no stream of this market");
  }

  @Test
  void shouldMoveToTheDelayedHostWhenThePlanIsDelayed() throws Exception {
    exchange.onSubscribe((socket, params) -> {
      if (socket.path().equals("/delayed/stocks")) {
        FakeExchange.acknowledge(socket, params);
      } else {
        socket.writeTextMessage(FakeExchange.status(
            "error", "You don't have access real-time data. Please use the delayed host."));
      }
    });
    open(timings());
    demand("seconds:SPY");

    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    FeedStatus status = await(FeedStatus.class, s -> s.state() == FeedStatus.State.STREAMING);
    assertThat(status.delayMillis()).isEqualTo(900_000);
    assertThat(exchange.last().path()).isEqualTo("/delayed/stocks");
  }

  @Test
  void shouldReturnToRealTimeWithTheNextConnectionWhenThePlanHasIt() throws Exception {
    shouldMoveToTheDelayedHostWhenThePlanIsDelayed();
    exchange.onSubscribe(FakeExchange::acknowledge);

    exchange.last().close().await();

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.DISCONNECTED);
    FeedStatus status = await(FeedStatus.class, s -> s.state() == FeedStatus.State.STREAMING);
    assertThat(status.delayMillis()).isZero();
    assertThat(exchange.last().path()).isEqualTo("/stocks");
  }

  @Test
  void shouldReturnToTheDelayedHostAfterALossWhileThePlanIsDelayed() throws Exception {
    shouldMoveToTheDelayedHostWhenThePlanIsDelayed();

    exchange.last().close().await();

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.DISCONNECTED);
    FeedStatus status = await(FeedStatus.class, s -> s.state() == FeedStatus.State.STREAMING);
    assertThat(status.delayMillis()).isEqualTo(900_000);
    assertThat(exchange.last().path()).isEqualTo("/delayed/stocks");
  }

  @Test
  void shouldGiveUpOnAConnectionThatNeverGreets() throws Exception {
    exchange.greet(socket -> {});
    open(timings());
    demand("seconds:SPY");

    FeedStatus lost = await(FeedStatus.class, s -> s.state() == FeedStatus.State.DISCONNECTED);
    assertThat(lost.reason()).isEqualTo("no answer from the provider");
  }
}
