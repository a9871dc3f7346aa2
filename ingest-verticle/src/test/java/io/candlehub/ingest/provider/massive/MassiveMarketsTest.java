package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MassiveMarketsTest extends StreamFixture {
  private static final String CALL = "O:SPY251219C00650000";
  private static final String PUT = "O:SPY251219P00650000";
  private static final String OTHER = "O:SPY251219C00660000";
  private static final String LAST = "O:SPY251219P00660000";

  @Test
  void shouldOpenOneConnectionForEachMarketDemanded() throws Exception {
    open(timings());
    demand("seconds:SPY", "quotes:" + CALL, "trades:I:SPX", "minutes:I:SPX");

    awaitTopics(
        TopicStatus.State.READY, "seconds:SPY", "quotes:" + CALL, "trades:I:SPX", "minutes:I:SPX");
    Set<String> requests = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      requests.add(exchange.nextRequest());
    }
    assertThat(requests)
        .contains(
            "/stocks auth test-key",
            "/options auth test-key",
            "/indices auth test-key",
            "/stocks subscribe A.SPY",
            "/options subscribe Q." + CALL);
    assertThat(requests)
        .containsAnyOf(
            "/indices subscribe V.I:SPX,AM.I:SPX", "/indices subscribe AM.I:SPX,V.I:SPX");
    assertThat(exchange.connections()).isEqualTo(3);
    for (String market : List.of("stocks", "options", "indices")) {
      assertThat(states(market)).startsWith(FeedStatus.State.IDLE, FeedStatus.State.CONNECTING);
    }
  }

  @Test
  void shouldCloseTheConnectionOfAMarketNobodyWants() throws Exception {
    open(timings());
    demand("seconds:SPY", "quotes:" + CALL);
    awaitTopics(TopicStatus.State.READY, "seconds:SPY", "quotes:" + CALL);

    demand("seconds:SPY");

    await(FeedStatus.class, s -> isOf(s, "options", FeedStatus.State.IDLE));
    assertThat(exchange.nextClosed()).isEqualTo("/options");
    exchange.send("stocks", FakeExchange.second("SPY", MONDAY_TEN, 650));
    await(AggregateEvent.class, event -> true);
    assertThat(states("stocks")).doesNotContain(FeedStatus.State.DISCONNECTED);
  }

  @Test
  void shouldReadWhatOptionsAndIndicesSend() throws Exception {
    open(timings());
    demand("quotes:" + CALL, "trades:" + CALL, "trades:I:SPX");
    awaitTopics(TopicStatus.State.READY, "quotes:" + CALL, "trades:" + CALL, "trades:I:SPX");

    exchange.send("options", Payload.text("options.mixed"));

    assertThat(await(TradeEvent.class, event -> true).sequence()).isEqualTo(651921857);
    QuoteEvent quote = await(QuoteEvent.class, event -> true);
    assertThat(quote.instrument().symbol()).isEqualTo(CALL);
    assertThat(quote.sequence()).isEqualTo(844090872);
    assertThat(await(QuoteEvent.class, event -> true).bid()).isNaN();
    exchange.send(
        "indices", "[{\"ev\":\"V\",\"val\":6531.27,\"T\":\"I:SPX\",\"t\":1764600605000}]");
    assertThat(
            await(TradeEvent.class, event -> event.atMillis() == 1764600605000L).price())
        .isEqualTo(6531.27);
  }

  @Test
  void shouldRefuseWhatNoMarketCarriesWithoutAsking() throws Exception {
    String[] topics = {"quotes:I:SPX", "halts:" + CALL, "minutes:F:ES"};
    open(timings());
    demand(topics);

    awaitTopics(TopicStatus.State.REFUSED, topics);
    demand("minutes:F:ES");

    awaitTopics(TopicStatus.State.LOST, "quotes:I:SPX", "halts:" + CALL);
    assertThat(exchange.connections()).isZero();
  }

  @Test
  void shouldCarryNoMoreContractsThanAConnectionMay() throws Exception {
    open(timings());
    demand("quotes:" + CALL, "quotes:" + PUT, "quotes:" + OTHER);
    awaitTopics(TopicStatus.State.READY, "quotes:" + CALL, "quotes:" + PUT, "quotes:" + OTHER);

    demand(
        "quotes:" + CALL, "quotes:" + PUT, "quotes:" + OTHER, "quotes:" + LAST, "trades:" + LAST);
    awaitTopics(TopicStatus.State.REFUSED, "quotes:" + LAST, "trades:" + LAST);
    assertThat(registry.get("candlehub.ingest.refused.topics").counter().count())
        .isEqualTo(2);
    demand("quotes:" + CALL, "quotes:" + PUT, "quotes:" + LAST);

    awaitTopics(TopicStatus.State.LOST, "quotes:" + OTHER);
    awaitTopics(TopicStatus.State.READY, "quotes:" + LAST);
    assertThat(heard)
        .doesNotContain(
            new TopicStatus(Topic.parse("quotes:" + CALL).orElseThrow(), TopicStatus.State.LOST));
  }

  @Test
  void shouldAskForTheMostImportantContractsFirst() throws Exception {
    open(timings());
    demand("quotes:" + LAST, "quotes:" + CALL, "quotes:" + OTHER, "quotes:" + PUT);

    awaitTopics(TopicStatus.State.READY, "quotes:" + LAST, "quotes:" + CALL, "quotes:" + OTHER);
    assertThat(exchange.nextRequest()).isEqualTo("/options auth test-key");
    assertThat(exchange.nextRequest())
        .isEqualTo("/options subscribe Q." + LAST + ",Q." + CALL + ",Q." + OTHER);
  }

  @Test
  void shouldLeaveOtherMarketsAloneWhenThePlanLacksOne() throws Exception {
    exchange.onAuth(socket -> socket.writeTextMessage(
        socket.path().equals("/options")
            ? FakeExchange.status("auth_failed", "Your plan doesn't include websocket access.")
            : FakeExchange.AUTHENTICATED));
    open(timings());
    demand("seconds:SPY", "quotes:" + CALL, "trades:I:SPX");

    FeedStatus refused = await(FeedStatus.class, s -> isOf(s, "options", FeedStatus.State.REFUSED));
    assertThat(refused.reason()).isEqualTo("the plan has no stream of this market");
    awaitTopics(TopicStatus.State.READY, "seconds:SPY");
    exchange.send("stocks", FakeExchange.second("SPY", MONDAY_TEN, 650));
    await(AggregateEvent.class, event -> true);
    assertThat(states("stocks")).endsWith(FeedStatus.State.STREAMING);
    assertThat(states("indices")).doesNotContain(FeedStatus.State.REFUSED);
  }

  @Test
  void shouldLeaveOtherMarketsAloneWhenAChannelIsRefused() throws Exception {
    exchange.onSubscribe((socket, params) -> {
      if (socket.path().equals("/options")) {
        socket.writeTextMessage(FakeExchange.status("error", "not authorized"));
      }
      String accepted = Stream.of(params.split(",", -1))
          .filter(topic -> !topic.startsWith("Q.O:"))
          .collect(Collectors.joining(","));
      if (!accepted.isEmpty()) {
        FakeExchange.acknowledge(socket, accepted);
      }
    });
    open(timings());
    demand("quotes:SPY", "quotes:" + CALL, "trades:" + CALL);

    awaitTopics(TopicStatus.State.READY, "quotes:SPY", "trades:" + CALL);
    awaitTopics(TopicStatus.State.REFUSED, "quotes:" + CALL);
    FeedStatus status = await(FeedStatus.class, s -> !s.missing().isEmpty());
    assertThat(status.market()).isEqualTo("options");
    assertThat(status.missing()).containsExactly("quotes");
  }

  private static boolean isOf(FeedStatus status, String market, FeedStatus.State state) {
    return status.market().equals(market) && status.state() == state;
  }
}
