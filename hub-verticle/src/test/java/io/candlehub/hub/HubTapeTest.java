package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trades, quotes, book and flow of a hub on a real bus. */
@Timeout(30)
class HubTapeTest {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final Instrument CALL = Instrument.of("O:SPY131019C00170000");
  private static final String TRADES = "md.trades." + CALL;

  @TempDir
  private Path dataDir;

  private HubRig rig;
  private MarketAnswers market;
  private List<JsonObject> heard;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", dataDir);
    market = new MarketAnswers(rig.vertx);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private long now() {
    return rig.clock.millis();
  }

  private static QuoteEvent quote(long at, double bid, double ask) {
    return new QuoteEvent(CALL, at, 0, 0, bid, 10, ask, 20);
  }

  private static TradeEvent trade(long at, long number, double price, double size) {
    return new TradeEvent(CALL, at, number, 302, price, size, List.of());
  }

  private JsonObject ask(String command, JsonObject question) {
    return rig.<Buffer>request(command, question).body().toJsonObject();
  }

  private JsonObject ask(String command) {
    return ask(command, new JsonObject().put("symbol", CALL.symbol()));
  }

  private static List<String> sides(JsonObject trades) {
    return trades.getJsonArray("trades").stream()
        .map(trade -> (JsonObject) trade)
        .map(trade -> trade.getValue("p") + " " + trade.getString("side") + " "
            + trade.getValue("confidence"))
        .toList();
  }

  @Test
  void shouldDemandTradesWithTheQuotesThatTellTheirSides() {
    rig.demand(LEASE, TRADES);
    assertThat(rig.demanded).containsExactly("quotes:" + CALL, "trades:" + CALL);
    rig.demand(LEASE);
    rig.advance(Duration.ofSeconds(6), false);
    assertThat(rig.demanded).isEmpty();
  }

  @Test
  void shouldPublishTradesWithTheirSides() {
    heard = rig.hear(TRADES);
    rig.demand(LEASE, TRADES);
    rig.tell(
        quote(now() - 900, 2.10, 2.20),
        trade(now() - 800, 1, 2.20, 5),
        trade(now() - 700, 2, 2.10, 1),
        trade(now() - 700, 2, 2.10, 1));
    rig.tell(trade(now() - 600, 3, 2.16, 2));
    assertThat(heard).hasSize(2);
    assertThat(heard.get(0).getString("symbol")).isEqualTo(CALL.symbol());
    assertThat(sides(heard.get(0))).containsExactly("2.2 buy 100", "2.1 sell 100");
    assertThat(heard.get(0).getLong("position")).isEqualTo(2);
    assertThat(heard.get(0).containsKey("conflated")).isFalse();
    assertThat(sides(heard.get(1))).containsExactly("2.16 buy 60");
    assertThat(heard.get(1).getJsonArray("trades").getJsonObject(0).getLong("t"))
        .isEqualTo(now() - 600);
    assertThat(heard.get(1).getLong("position")).isEqualTo(3);
  }

  @Test
  void shouldSayWhoToldEachTradeAndQuote() {
    heard = rig.hear(TRADES);
    rig.demand(LEASE, TRADES);
    rig.tell(quote(now() - 900, 2.10, 2.20), trade(now() - 800, 1, 2.20, 5));
    assertThat(origin(0)).as("nobody said").isEqualTo(new Origin("massive", ""));

    Origin other = new Origin("second", "unhealthy");
    rig.tell(
        new TopicStatus(new Topic(Channel.TRADES, CALL), TopicStatus.State.LOST),
        new TopicStatus(new Topic(Channel.TRADES, CALL), TopicStatus.State.READY, other),
        trade(now() - 700, 2, 2.10, 1));
    assertThat(origin(1)).isEqualTo(other);
  }

  @Test
  void shouldBeLessSureOfTradesWithoutSaleConditions() {
    heard = rig.hear(TRADES);
    rig.demand(LEASE, TRADES);
    rig.tell(
        quote(now() - 900, 2.10, 2.20),
        new TradeEvent(CALL, now() - 800, 0, 1, 0, 2.20, 5, List.of(), false));
    assertThat(sides(heard.get(0))).containsExactly("2.2 buy 80");
  }

  private Origin origin(int message) {
    return origin(heard.get(message).getJsonArray("trades").getJsonObject(0));
  }

  private static Origin origin(JsonObject told) {
    return new Origin(told.getString("source"), told.getString("fallbackReason", ""));
  }

  @Test
  void shouldSayWhoToldAQuote() {
    String address = "md.quote." + CALL;
    heard = rig.hear(address);
    rig.demand(LEASE, address);
    Origin other = new Origin("second", "unhealthy");
    rig.tell(
        new TopicStatus(new Topic(Channel.QUOTES, CALL), TopicStatus.State.READY, other),
        quote(now() - 900, 2.10, 2.20));
    assertThat(origin(heard.get(heard.size() - 1))).isEqualTo(other);
    assertThat(origin(ask(Addresses.COMMAND_QUOTE).getJsonObject("quality"))).isEqualTo(other);

    rig.tell(trade(now() - 800, 1, 2.20, 5));
    assertThat(origin(heard.get(heard.size() - 1)))
        .as("sides and last price of two")
        .isEqualTo(new Origin("hybrid", "unhealthy"));
  }

  @Test
  void shouldAnswerWithTradesOfBeforeAndNeverGuessTheirSides() {
    market.trades.add(trade(now() - 9_000, 7, 2.00, 3));
    market.trades.add(trade(now() - 8_000, 8, 2.05, 3));
    assertThat(sides(ask(Addresses.COMMAND_TRADES)))
        .containsExactly("2 unknown 0", "2.05 unknown 0");
    rig.tell(quote(now() - 500, 2.10, 2.20), trade(now() - 400, 9, 2.20, 5));
    assertThat(sides(ask(Addresses.COMMAND_TRADES)))
        .containsExactly("2 unknown 0", "2.05 unknown 0", "2.2 buy 100");
    JsonObject last = ask(
        Addresses.COMMAND_TRADES, new JsonObject().put("symbol", CALL.symbol()).put("limit", 1));
    assertThat(sides(last)).containsExactly("2.2 buy 100");
    assertThat(last.getLong("position")).isEqualTo(1);
    assertThat(market.asked.stream().filter(one -> one.containsKey("limit"))).hasSize(1);
  }

  @Test
  void shouldNotPublishWhatWasToldOfBefore() {
    market.trades.add(trade(now() - 400, 7, 2.00, 3));
    heard = rig.hear(TRADES);
    rig.demand(LEASE, TRADES);
    assertThat(sides(ask(Addresses.COMMAND_TRADES))).containsExactly("2 unknown 0");
    rig.tell(trade(now() - 400, 7, 2.00, 3));
    assertThat(heard).isEmpty();
    rig.tell(trade(now() - 300, 8, 2.05, 3));
    assertThat(heard).hasSize(1);
    assertThat(sides(heard.get(0))).containsExactly("2.05 unknown 0");
    assertThat(heard.get(0).getLong("position")).isEqualTo(1);
  }

  @Test
  void shouldBeginAnEmptyTapeWhereThereAreNoTradesOfBefore() {
    market.failure = Optional.of(Failure.UNSUPPORTED.because("no trades there"));
    assertThat(sides(ask(Addresses.COMMAND_TRADES))).isEmpty();
    rig.tell(trade(now() - 400, 9, 2.20, 5));
    assertThat(sides(ask(Addresses.COMMAND_TRADES))).containsExactly("2.2 unknown 0");
    assertFailure(
        Addresses.COMMAND_TRADES, new JsonObject().put("limit", 0), Failure.INVALID_PARAMETER);
  }

  @Test
  void shouldTellNoValuesOfAnIndexAsTrades() {
    Instrument index = Instrument.of("I:SPX");
    heard = rig.hear("md.trades.I:SPX");
    rig.demand(LEASE, "md.trades.I:SPX");
    assertThat(rig.demanded).isEmpty();
    rig.demand(LEASE, "md.trades.I:SPX", "md.chart.1m.I:SPX");
    rig.tell(new TradeEvent(index, now() - 400, 0, 0, 6_525.22, 0, List.of()));
    assertThat(heard).isEmpty();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> ask(Addresses.COMMAND_TRADES, new JsonObject().put("symbol", index.symbol())))
          .hasMessageContaining("an index has no trades")
          .satisfies(cause ->
              assertThat(FailureException.of(cause).code()).isEqualTo(Failure.UNSUPPORTED));
    }
  }

  @Test
  void shouldSayWhyThereAreNoTrades() {
    rig.refusedChannels = Set.of("trades");
    market.failure = Optional.of(Failure.NOT_ENTITLED.because("not in the plan"));
    rig.demand(LEASE, TRADES);
    rig.settle();
    assertFailure(Addresses.COMMAND_TRADES, new JsonObject(), Failure.NOT_ENTITLED);
  }

  private void assertFailure(String command, JsonObject question, Failure code) {
    assertThatThrownBy(() -> ask(command, question.put("symbol", CALL.symbol())))
        .satisfies(cause -> assertThat(FailureException.of(cause).code()).isEqualTo(code));
  }

  @Test
  void shouldCompareNoTradeWithAQuoteFromBeforeTheFeedWasLost() {
    rig.demand(LEASE, TRADES);
    rig.tell(quote(now() - 900, 2.10, 2.20), trade(now() - 800, 1, 2.20, 5));
    rig.tell(new FeedStatus(
        "massive", "options", FeedStatus.State.DISCONNECTED, "lost", 0, Set.of(), now()));
    rig.tell(trade(now() - 300, 2, 2.20, 5));
    assertThat(sides(ask(Addresses.COMMAND_TRADES)))
        .containsExactly("2.2 buy 100", "2.2 unknown 0");
  }

  @Test
  void shouldNotBuildMinutesFromTradesOfTheTape() {
    rig.demand(LEASE, "md.chart.1m.SPY", "md.trades.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofSeconds(40), true);
    Bar before = last();
    rig.tell(new TradeEvent(HubRig.SPY, now() - 100, 5, 11, 9_999, 7, List.of()));
    rig.advance(Duration.ofSeconds(60), true);
    assertThat(rig.snapshot("1m").bars()).allMatch(bar -> bar.high() < 1_000);
    assertThat(last().startMillis()).isGreaterThan(before.startMillis());
  }

  private Bar last() {
    List<Bar> bars = rig.snapshot("1m").bars();
    return bars.get(bars.size() - 1);
  }

  @Test
  void shouldShowWhatAProviderSaysUntilTheFirstTick() {
    market.say(CALL, 2.00, 2.40, 2.25, now() - 20_000, "tradier", "unhealthy");
    JsonObject asked = ask(Addresses.COMMAND_QUOTE);
    assertThat(asked.getString("contract")).isEqualTo(CALL.symbol());
    assertThat(asked.getDouble("bid")).isEqualTo(2.0);
    assertThat(asked.getDouble("mid")).isEqualTo(2.2);
    assertThat(asked.getDouble("prevClose")).isEqualTo(150);
    JsonObject quality = asked.getJsonObject("quality");
    assertThat(quality.getString("source")).isEqualTo("tradier");
    assertThat(quality.getString("fallbackReason")).isEqualTo("unhealthy");
    assertThat(quality.getBoolean("isStale")).isTrue();
    assertThat(quality.getJsonArray("warnings")).containsExactly("wide-spread");
    assertThat(quality.getInteger("confidence")).isEqualTo(71);

    heard = rig.hear("md.quote." + CALL);
    rig.tell(quote(now() - 200, 2.10, 2.20));
    rig.tell(quote(now() - 300, 1, 5));
    JsonObject streamed = ask(Addresses.COMMAND_QUOTE);
    assertThat(streamed.getDouble("bid")).isEqualTo(2.10);
    assertThat(streamed.getJsonObject("quality").getString("source"))
        .as("the last price is still the other one's")
        .isEqualTo("hybrid");
    assertThat(streamed.getJsonObject("quality").getInteger("confidence")).isEqualTo(100);
    assertThat(heard).hasSize(1);
    JsonObject replica = ask(
        Addresses.COMMAND_QUOTE,
        new JsonObject().put("symbol", CALL.symbol()).put("replica", true));
    assertThat(replica).isEqualTo(heard.get(0));
  }

  @Test
  void shouldAnswerWithTheTopOfTheBook() {
    rig.demand(LEASE, "md.quote." + CALL);
    rig.tell(quote(now() - 200, 2.10, 2.20));
    JsonObject book = ask(Addresses.COMMAND_BOOK);
    assertThat(book.getJsonArray("bids"))
        .isEqualTo(new JsonArray().add(new JsonObject().put("price", 2.1).put("size", 10)));
    assertThat(book.getJsonArray("asks").getJsonObject(0).getDouble("price")).isEqualTo(2.2);
    assertThat(book.getString("depth")).isEqualTo("nbbo");
    assertThat(book.getLong("t")).isEqualTo(now() - 200);
    assertThat(book.getJsonObject("quality").getString("quality")).isEqualTo("excellent");
    rig.tell(quote(now() - 100, Double.NaN, 2.20));
    JsonObject half = ask(Addresses.COMMAND_BOOK);
    assertThat(half.getJsonArray("bids")).isEmpty();
    assertThat(half.getJsonObject("quality").getJsonArray("warnings")).containsExactly("one-sided");
  }

  @Test
  void shouldTellUnusualTradesOfStreamedContracts() {
    heard = rig.hear(Addresses.FLOW);
    rig.demand(LEASE, TRADES, "md.quote." + CALL);
    untilContractAsked(1);
    rig.tell(
        quote(now() - 900, 2.10, 2.20),
        trade(now() - 800, 1, 2.20, 600),
        trade(now() - 700, 2, 2.20, 10));
    assertThat(heard).hasSize(1);
    JsonObject block = heard.get(0);
    assertThat(block.getString("kind")).isEqualTo("block");
    assertThat(block.getString("contract")).isEqualTo(CALL.symbol());
    assertThat(block.getString("side")).isEqualTo("buy");
    assertThat(block.getDouble("premium")).isEqualTo(132_000);
    assertThat(block.getDouble("openInterest")).isEqualTo(1_000);
    assertThat(origin(block)).isEqualTo(new Origin("massive", ""));
    assertThat(ask(Addresses.COMMAND_QUOTE).getDouble("openInterest")).isEqualTo(1_000);
    Origin other = new Origin("second", "unhealthy");
    rig.tell(
        new TopicStatus(new Topic(Channel.TRADES, CALL), TopicStatus.State.READY, other),
        trade(now() - 600, 3, 2.20, 400));
    assertThat(heard).hasSize(2);
    assertThat(origin(heard.get(1))).isEqualTo(other);
    assertThat(heard.get(1).getString("kind")).isEqualTo("volume-over-interest");
    assertThat(heard.get(1).getDouble("volume")).isEqualTo(1_010);
  }

  private void untilContractAsked(int times) {
    rig.until(() -> market.asked.stream()
            .filter(one -> one.fieldNames().equals(Set.of("symbol")))
            .count()
        >= times);
    rig.settle();
  }

  @Test
  void shouldJudgeNoTradeWhileTheTermsAreNotKnown() {
    market.failure = Optional.of(Failure.RATE_LIMITED.because("slow down", 2_000));
    heard = rig.hear(Addresses.FLOW);
    rig.demand(LEASE, TRADES);
    untilContractAsked(1);
    rig.tell(quote(now() - 900, 2.10, 2.20), trade(now() - 800, 1, 2.20, 600));
    assertThat(heard).isEmpty();
    market.failure = Optional.empty();
    rig.advance(Duration.ofSeconds(4), false);
    untilContractAsked(2);
    rig.tell(trade(now() - 800, 2, 2.20, 600));
    assertThat(heard).hasSize(1);
  }

  @Test
  void shouldLookAtTradesOfALiveChainWithoutPublishingThem() {
    market.chain(CALL);
    heard = rig.hear(Addresses.FLOW);
    List<JsonObject> trades = rig.hear(TRADES);
    rig.demand(LEASE, "md.chain.SPY/2013-10-19/" + CALL);
    rig.until(() -> {
      rig.settle();
      return rig.demanded.contains("trades:" + CALL);
    });
    assertThat(ask(Addresses.COMMAND_CONTRACT).getString("symbol")).isEqualTo(CALL.symbol());
    rig.settle();
    rig.tell(quote(now() - 900, 2.10, 2.20), trade(now() - 800, 1, 2.20, 600));
    assertThat(heard).hasSize(1);
    assertThat(trades).isEmpty();
    assertThat(market.asked.stream().filter(one -> one.containsKey("limit"))).isEmpty();

    market.trades.add(trade(now() - 9_000, 7, 2.00, 3));
    assertThat(sides(ask(Addresses.COMMAND_TRADES))).containsExactly("2 unknown 0", "2.2 buy 100");
    rig.tell(trade(now() - 700, 2, 2.10, 1));
    assertThat(trades).hasSize(1);
    assertThat(sides(trades.get(0))).containsExactly("2.1 sell 100");
  }
}
