package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.TopicStatus;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MassiveStreamMuteTest extends StreamFixture {
  private static final Instrument SPY = Instrument.of("SPY");

  @Test
  void shouldFallMuteAndRecoverWithTheFirstData() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    for (int i = 0; i < 35; i++) {
      clock.advance(60_000);
      second("SPY");
    }

    clock.advance(600_000);

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.MUTE);
    exchange.send(FakeExchange.second("SPY", clock.millis() - 1_000, 650));
    await(FeedStatus.class, s -> s.state() == FeedStatus.State.STREAMING);
    await(AggregateEvent.class, event -> event.instrument().equals(SPY));
    assertThat(mutes("connection")).isEqualTo(1);
    assertThat(alerts).isEmpty();
  }

  @Test
  void shouldReplaceAConnectionThatStaysMute() throws Exception {
    open(timings());
    demand("seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    missMinutes("SPY", 3);

    await(FeedStatus.class, s -> s.state() == FeedStatus.State.MUTE);
    awaitTopics(TopicStatus.State.LOST, "seconds:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    assertThat(exchange.connections()).isGreaterThan(1);
    exchange.send(FakeExchange.second("SPY", clock.millis(), 650));
    await(FeedStatus.class, s -> s.state() == FeedStatus.State.STREAMING);
    assertThat(states()).doesNotContain(FeedStatus.State.DISCONNECTED);
  }

  @Test
  void shouldNotTakeSilenceOfUnknownSymbolsForAMuteFeed() throws Exception {
    open(timings());
    demand("seconds:SPY", "seconds:QQQ", "seconds:IWM");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY", "seconds:QQQ", "seconds:IWM");
    clock.advance(600_000);
    letWallTimePass();

    second("SPY");

    assertThat(states()).doesNotContain(FeedStatus.State.MUTE);
    assertThat(alerts).isEmpty();
  }

  @Test
  void shouldSubscribeAMuteTopicAnewOnce() throws Exception {
    open(timings());
    demand("seconds:SPY", "minutes:SPY");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY", "minutes:SPY");
    exchange.nextRequest();
    exchange.nextRequest();
    clock.advance(181_000);
    second("SPY");

    missMinutes("SPY", 0);
    missMinutes("SPY", 0);

    awaitTopics(TopicStatus.State.LOST, "minutes:SPY");
    awaitTopics(TopicStatus.State.READY, "minutes:SPY");
    assertThat(exchange.nextRequest()).isEqualTo("/stocks unsubscribe AM.SPY");
    assertThat(exchange.nextRequest()).isEqualTo("/stocks subscribe AM.SPY");
    assertThat(mutes("topic")).isEqualTo(1);
    assertThat(alerts).hasSize(1);
    assertThat(alerts.peek().subject()).isEqualTo("SPY");
    assertThat(states()).doesNotContain(FeedStatus.State.MUTE);
  }

  private void second(String symbol) throws Exception {
    long start = clock.millis() - 1_000;
    exchange.send(FakeExchange.second(symbol, start, 650));
    await(AggregateEvent.class, event -> event.startMillis() == start);
  }

  /** Lets minutes and the shortest wall time pass and shows the history of all minutes so far. */
  private void missMinutes(String symbol, int minutes) {
    clock.advance(minutes * 60_000L + 20_000);
    letWallTimePass();
    long now = clock.millis();
    BarBlock.Builder bars = new BarBlock.Builder(4);
    for (long start = MONDAY_TEN; start + 60_000 <= now; start += 60_000) {
      bars.add(start, 1, 1, 1, 1, 5, Double.NaN, -1);
    }
    HistoryQuery query =
        new HistoryQuery(Instrument.of(symbol), HistoryUnit.MINUTE, MONDAY_TEN, now);
    History history = new History(bars.build(), now);
    run(() -> streams.compare(query, history));
  }

  private void letWallTimePass() {
    Promise<Void> passed = Promise.promise();
    vertx.setTimer(2 * timings().muteWall().toMillis(), timer -> passed.complete());
    passed.future().await();
  }

  private double mutes(String kind) {
    return registry.get("candlehub.ingest.mutes").tag("kind", kind).counter().count();
  }
}
