package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TradierStreamTest extends TradierStreamFixture {
  @Test
  void shouldAskForASessionThenForEverythingAtOnce() throws Exception {
    demand("quotes:SPY", "trades:BRK.B", "trades:I:SPX", "quotes:O:SPY251219C00650000");

    JsonObject wish = server.nextWish();
    assertThat(wish.getString("sessionid")).isEqualTo("session-1");
    assertThat(wish.getJsonArray("symbols"))
        .containsExactly("SPY", "BRK/B", "SPX", "SPY251219C00650000");
    assertThat(wish.getJsonArray("filter")).containsExactly("quote", "timesale", "trade");
    assertThat(wish.getBoolean("linebreak")).isTrue();
    assertThat(wish.getBoolean("validOnly")).isTrue();
    FakeTradier.Asked session = server.asked(FakeTradier.SESSION).get(0);
    assertThat(session.method()).isEqualTo("POST");
    assertThat(session.headers()).containsEntry("content-length", "0");
    assertThat(session.headers()).containsEntry("accept", "application/json");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY", "trades:BRK.B", "trades:I:SPX");
  }

  @Test
  void shouldTellTheStateOfEveryMarketOnTheOneConnection() throws Exception {
    demand("quotes:SPY");
    awaitState(FeedStatus.State.STREAMING);

    demand("quotes:SPY", "quotes:O:SPY251219C00650000");
    awaitTopics(TopicStatus.State.READY, "quotes:O:SPY251219C00650000");

    assertThat(heard)
        .filteredOn(FeedStatus.class::isInstance)
        .extracting(event -> ((FeedStatus) event).market())
        .contains("stocks", "options", "indices");
    assertThat(heard)
        .filteredOn(event ->
            event instanceof FeedStatus status && status.state() == FeedStatus.State.STREAMING)
        .allSatisfy(event -> assertThat(((FeedStatus) event).provider()).isEqualTo("tradier"));
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.sessions()).isEqualTo(1);
  }

  @Test
  void shouldDeliverTheEventsOfAMessage() throws Exception {
    demand("quotes:SPY", "trades:SPY", "trades:O:SPY251219C00650000", "trades:I:SPX");
    server.nextWish();

    server.send(Payloads.text("stream.lines.txt"));

    assertThat(await(QuoteEvent.class, event -> true).bid()).isEqualTo(652.9);
    assertThat(await(TradeEvent.class, event -> true).sequence()).isEqualTo(352_795);
    assertThat(await(TradeEvent.class, event -> true).instrument())
        .hasToString("O:SPY251219C00650000");
    assertThat(await(TradeEvent.class, event -> true).price()).isEqualTo(6531.27);
    assertThat(heard)
        .contains(
            new TopicStatus(Topic.parse("trades:I:SPX").orElseThrow(), TopicStatus.State.READY));
  }

  @Test
  void shouldReplaceTheWholeWishOnTheSameConnection() throws Exception {
    demand("quotes:SPY");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");
    server.nextWish();

    demand("quotes:QQQ", "trades:QQQ");

    JsonObject wish = server.nextWish();
    assertThat(wish.getString("sessionid")).isEqualTo("session-1");
    assertThat(wish.getJsonArray("symbols")).containsExactly("QQQ");
    assertThat(wish.getJsonArray("filter")).containsExactly("quote", "timesale");
    awaitTopics(TopicStatus.State.LOST, "quotes:SPY");
    awaitTopics(TopicStatus.State.READY, "quotes:QQQ", "trades:QQQ");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void shouldAskForANewSessionForEveryConnection() throws Exception {
    demand("quotes:SPY");
    assertThat(server.nextWish().getString("sessionid")).isEqualTo("session-1");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");

    server.last().close();

    awaitTopics(TopicStatus.State.LOST, "quotes:SPY");
    awaitState(FeedStatus.State.DISCONNECTED);
    assertThat(server.nextWish().getString("sessionid")).isEqualTo("session-2");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");
    assertThat(server.peak()).as("one at a time").isEqualTo(1);
  }

  @Test
  void shouldRefuseASymbolThatIsNotValidAndGoOnWithTheRest() throws Exception {
    demand("quotes:SPY", "quotes:1234", "trades:1234");
    server.nextWish();

    server.send(Payloads.text("stream.error.json"));

    awaitTopics(TopicStatus.State.REFUSED, "quotes:1234", "trades:1234");
    assertThat(server.nextWish().getJsonArray("symbols")).containsExactly("SPY");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void shouldBeginAnewWhenTheSessionIsNotKnown() throws Exception {
    demand("quotes:SPY");
    server.nextWish();

    server.send("{\"error\":\"Session not found\"}");

    assertThat(server.nextWish().getString("sessionid")).isEqualTo("session-2");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");
  }

  @Test
  void shouldRefuseWhatItDoesNotStreamWithoutAsking() throws Exception {
    demand("seconds:SPY", "minutes:SPY", "halts:SPY", "quotes:I:SPX", "trades:SPX", "trades:F:ES");

    awaitTopics(
        TopicStatus.State.REFUSED,
        "seconds:SPY",
        "minutes:SPY",
        "halts:SPY",
        "quotes:I:SPX",
        "trades:SPX",
        "trades:F:ES");
    demand();
    awaitTopics(TopicStatus.State.LOST, "seconds:SPY", "trades:F:ES");
    assertThat(server.sessions()).isZero();
  }

  @Test
  void shouldAskForTheMostImportantContractsFirstAndForNoMoreThanItMay() throws Exception {
    demand(
        "quotes:O:SPY251219P00640000",
        "quotes:O:SPY251219C00650000",
        "trades:SPY",
        "quotes:O:SPY251219C00640000",
        "quotes:O:SPY251219C00630000",
        "trades:O:SPY251219P00640000");

    assertThat(server.nextWish().getJsonArray("symbols"))
        .containsExactly("SPY251219P00640000", "SPY251219C00650000", "SPY", "SPY251219C00640000");
    awaitTopics(TopicStatus.State.READY, "quotes:O:SPY251219P00640000");
    assertThat(heard)
        .contains(new TopicStatus(
            Topic.parse("quotes:O:SPY251219C00630000").orElseThrow(), TopicStatus.State.REFUSED));

    demand(
        "quotes:O:SPY251219C00630000",
        "quotes:O:SPY251219P00640000",
        "quotes:O:SPY251219C00650000",
        "trades:SPY",
        "quotes:O:SPY251219C00640000",
        "trades:O:SPY251219P00640000");
    assertThat(server.nextWish().getJsonArray("symbols"))
        .as("the same topics in another order")
        .containsExactly("SPY251219C00630000", "SPY251219P00640000", "SPY251219C00650000", "SPY");
    awaitTopics(TopicStatus.State.LOST, "quotes:O:SPY251219C00640000");
  }

  @Test
  void shouldSayThatTheTokenIsRefused() throws Exception {
    server.answer(FakeTradier.SESSION, 401, Payloads.text("fault.json"));
    demand("quotes:SPY");

    FeedStatus status = awaitState(FeedStatus.State.REFUSED);
    assertThat(status.reason()).isEqualTo("the provider refused the key");
    assertThat(server.connections()).isZero();
  }

  @Test
  void shouldTryAgainWhenThereIsNoSession() throws Exception {
    server.answer(FakeTradier.SESSION, 500, "Fault");
    demand("quotes:SPY");
    awaitState(FeedStatus.State.DISCONNECTED);

    server.nextAsked();
    server.nextAsked();
    assertThat(server.nextAsked().uri()).isEqualTo(FakeTradier.SESSION);
  }

  @Test
  void shouldCloseAndRestWhenNothingIsWanted() throws Exception {
    demand("quotes:SPY");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");

    demand();

    awaitTopics(TopicStatus.State.LOST, "quotes:SPY");
    awaitState(FeedStatus.State.IDLE);
    server.awaitClosed();
    demand("quotes:SPY");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");
    assertThat(server.sessions()).isEqualTo(2);
  }

  @Test
  void shouldSayThatTheSandboxIsDelayed() throws Exception {
    reopen("https://sandbox.example/v1");
    demand("quotes:SPY");

    assertThat(awaitState(FeedStatus.State.STREAMING).delayMillis()).isEqualTo(900_000);
  }

  @Test
  void shouldAskAnewForATopicThatIsSilentAlthoughItTraded() throws Exception {
    demand("trades:SPY", "trades:QQQ");
    server.nextWish();
    awaitTopics(TopicStatus.State.READY, "trades:SPY", "trades:QQQ");
    clock.advance(Duration.ofMinutes(4).toMillis());
    server.send("{\"type\":\"timesale\",\"symbol\":\"QQQ\",\"last\":\"600\",\"size\":\"1\","
        + "\"date\":\"1764601440000\",\"seq\":1,\"cancel\":false,\"correction\":false}");
    await(TradeEvent.class, event -> true);
    pass(Duration.ofMillis(150));

    compare("SPY", MONDAY_TEN + 60_000, MONDAY_TEN + 120_000);

    assertThat(server.nextWish().getJsonArray("symbols")).containsExactly("QQQ");
    assertThat(server.nextWish().getJsonArray("symbols")).containsExactly("SPY", "QQQ");
    awaitTopics(TopicStatus.State.LOST, "trades:SPY");
    awaitTopics(TopicStatus.State.READY, "trades:SPY");
    assertThat(alerts.take().subject()).isEqualTo("SPY");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void shouldCloseForGood() throws Exception {
    demand("quotes:SPY");
    awaitTopics(TopicStatus.State.READY, "quotes:SPY");

    close();

    server.awaitClosed();
    demand("quotes:QQQ");
    assertThat(server.sessions()).isEqualTo(1);
  }
}
