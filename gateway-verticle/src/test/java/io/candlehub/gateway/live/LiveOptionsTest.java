package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Shards;
import io.candlehub.gateway.FakeMarket;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LiveOptionsTest {
  private static final String DATE = FakeMarket.DATES.get(0);
  private static final String CALL = FakeMarket.option("SPY", DATE, 'C', 650);
  private static final String PUT = FakeMarket.option("SPY", DATE, 'P', 650);
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture(Map.of("limits.live-symbols-per-client", "2"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject focus(String underlying, String date) {
    return new JsonObject().put("underlying", underlying).put("expiration", date);
  }

  /** Keeps legs as a page does. */
  private static final class Page {
    private final Map<String, JsonObject> legs = new TreeMap<>();
    private List<Object> window = List.of();

    void snapshot(JsonObject body) {
      legs.clear();
      for (Object group : body.getJsonArray("expirations")) {
        for (Object strike : ((JsonObject) group).getJsonArray("strikes")) {
          for (String right : List.of("call", "put")) {
            JsonObject leg = ((JsonObject) strike).getJsonObject(right);
            legs.put(leg.getString("symbol"), leg);
          }
        }
      }
      window = body.getJsonArray("window").stream().toList();
    }

    void update(JsonObject body) {
      body.getJsonArray("legs")
          .forEach(leg -> legs.put(((JsonObject) leg).getString("symbol"), (JsonObject) leg));
      window = body.getJsonArray("window").stream().toList();
      for (Object symbol : body.getJsonArray("removed")) {
        assertThat(legs.get((String) symbol).getBoolean("live")).isFalse();
      }
    }
  }

  /** Lets it be ten o'clock. */
  private void openMarket(WireClient client) {
    JsonObject status = client.event("market:status").copy();
    long ten = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
    JsonArray feeds = new JsonArray().add(feed("options", 0));
    gateway
        .vertx()
        .eventBus()
        .publish(Addresses.STATUS, status.put("marketMillis", ten).put("feeds", feeds));
    client.event("market:status");
  }

  @Test
  void shouldSendTheChainThenWhatChanges() {
    gateway.market().keepLeg(FakeMarket.leg(CALL, 3, true));
    WireClient client = gateway.socketIo();
    openMarket(client);
    client.emit(1, "chain:focus", focus("SPY", DATE));
    Page page = new Page();
    JsonObject snapshot = client.event("chain:snapshot");
    page.snapshot(snapshot);
    assertThat(snapshot.getDouble("spot")).isEqualTo(651);
    assertThat(page.legs).hasSize(10);
    assertThat(page.window).isEqualTo(List.of(CALL));
    assertThat(client.ack(1)).isEqualTo(new JsonObject().put("ok", true).put("state", "live"));
    gateway
        .market()
        .publish("SPY", DATE, List.of(FakeMarket.leg(PUT, 4, true)), List.of(CALL, PUT), List.of());
    JsonObject update = client.event("chain:update");
    assertThat(update.getJsonArray("legs")).hasSize(1);
    page.update(update);
    assertThat(page.window).isEqualTo(List.of(CALL, PUT));
    gateway
        .market()
        .publish(
            "SPY", DATE, List.of(FakeMarket.leg(CALL, 2.5, false)), List.of(PUT), List.of(CALL));
    update = client.event("chain:update");
    assertThat(update.getJsonArray("removed")).containsExactly(CALL);
    page.update(update);
    assertThat(page.legs.get(PUT).getDouble("bid")).isEqualTo(4);
    gateway.awaitDemand("md.chain.SPY/" + DATE);
  }

  @Test
  void shouldAskOnceForAllClientsOfAnExpirationAndHoldEachSelectedContract() {
    WireClient first = gateway.socketIo();
    first.emit(1, "chain:focus", focus("SPY", DATE).put("contract", CALL));
    first.event("chain:snapshot");
    WireClient second = gateway.socketIo();
    second.emit(1, "chain:focus", focus("SPY", DATE).put("contract", PUT));
    second.event("chain:snapshot");
    second.ack(1);
    assertThat(gateway.market().asked(Addresses.COMMAND_CHAIN)).hasSize(1);
    String topic = "md.chain.SPY/" + DATE;
    gateway.awaitDemand(topic, topic + "/" + CALL, topic + "/" + PUT);
    first.emit(2, "chain:unfocus", new JsonObject());
    first.ack(2);
    gateway.awaitDemand(topic, topic + "/" + PUT);
    second.close();
    gateway.awaitDemand();
  }

  @Test
  void shouldReplaceWhatWasShown() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chain:focus", focus("SPY", DATE));
    client.event("chain:snapshot");
    client.emit(2, "chain:focus", focus("SPY", FakeMarket.DATES.get(1)));
    assertThat(client.event("chain:snapshot").getString("expiration"))
        .isEqualTo(FakeMarket.DATES.get(1));
    client.ack(2);
    gateway
        .market()
        .publish("SPY", DATE, List.of(FakeMarket.leg(CALL, 9, true)), List.of(CALL), List.of());
    String other = FakeMarket.option("SPY", FakeMarket.DATES.get(1), 'C', 650);
    gateway
        .market()
        .publish(
            "SPY",
            FakeMarket.DATES.get(1),
            List.of(FakeMarket.leg(other, 7, true)),
            List.of(other),
            List.of());
    assertThat(client.event("chain:update").getString("expiration"))
        .isEqualTo(FakeMarket.DATES.get(1));
    assertThat(client.passedOver("42[\"chain:update\"")).isFalse();
  }

  @Test
  void shouldGiveAClientThatReadsAgainTheNewestLegs() {
    WireClient slow = gateway.socketIo();
    slow.emit(1, "chain:focus", focus("SPY", DATE));
    Page page = new Page();
    page.snapshot(slow.event("chain:snapshot"));
    slow.ack(1);
    WireClient healthy = gateway.socketIo();
    healthy.emit(1, "chain:focus", focus("SPY", DATE));
    healthy.ack(1);
    slow.pause();
    int updates = 400;
    for (int i = 1; i <= updates; i++) {
      List<JsonObject> legs = new ArrayList<>();
      for (int strike : List.of(640, 645, 650, 655, 660)) {
        legs.add(FakeMarket.leg(FakeMarket.option("SPY", DATE, 'C', strike), i, true)
            .put("reasons", new JsonObject().put("iv", "x".repeat(10_000))));
      }
      gateway.market().publish("SPY", DATE, legs, List.of(CALL), List.of());
      healthy.event("chain:update");
    }
    slow.resume();
    int messages = 0;
    while (page.legs.get(CALL).getDouble("bid") < updates) {
      page.update(slow.event("chain:update"));
      messages++;
    }
    assertThat(messages).isLessThan(updates);
    assertThat(page.legs.get(FakeMarket.option("SPY", DATE, 'C', 640)).getDouble("bid"))
        .isEqualTo(updates);
  }

  @Test
  void shouldSayOfNothingThatItIsLiveWhileTheHubIsGone() {
    gateway.market().keepLeg(FakeMarket.leg(CALL, 3, true));
    WireClient client = gateway.socketIo();
    client.emit(1, "chain:focus", focus("SPY", DATE));
    client.event("chain:snapshot");
    client.ack(1);
    gateway.hub().vanish();
    // A change of demand that nobody takes is what makes the gateway look.
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "QQQ"));
    JsonObject leg = client.event("chain:update").getJsonArray("legs").getJsonObject(0);
    assertThat(leg.getString("symbol")).isEqualTo(CALL);
    assertThat(leg.getBoolean("live")).isFalse();
    assertThat(leg.getJsonObject("quality").getBoolean("isStale")).isTrue();
    gateway.hub().appear();
    gateway.hub().publishStatus("open");
    leg = client.event("chain:update").getJsonArray("legs").getJsonObject(0);
    assertThat(leg.getBoolean("live")).isTrue();
  }

  @Test
  void shouldAskAgainWhenAShardHasANewOwner() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chain:focus", focus("SPY", DATE));
    client.event("chain:snapshot");
    client.ack(1);
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    client.ack(2);
    gateway.market().keepLeg(FakeMarket.leg(PUT, 7, true));
    gateway.market().keepTrade("SPY", 3);
    gateway.hub().own(Shards.of(Instrument.of("SPY")), 5);
    List<String> seen = new ArrayList<>();
    while (seen.size() < 2) {
      String event = client.expect("42[\"");
      if (event.contains("chain:update") && event.contains(PUT)) {
        assertThat(new JsonArray(event.substring(2)).getJsonObject(1).getJsonArray("legs"))
            .hasSize(1);
        seen.add("chain");
      } else if (event.contains("live:trades")) {
        seen.add("trades");
      }
    }
    assertThat(seen).containsExactlyInAnyOrder("chain", "trades");
  }

  @Test
  void shouldSendTradesBesideQuotes() {
    gateway.market().keepTrade(CALL, 1.5);
    WireClient client = gateway.socketIo();
    client.emit(1, "live:subscribe", new JsonObject().put("symbol", CALL));
    JsonObject first = client.event("live:trades");
    assertThat(first.getString("symbol")).isEqualTo(CALL);
    assertThat(first.getJsonArray("trades")).hasSize(1);
    assertThat(first.containsKey("conflated")).isFalse();
    gateway.market().trade(CALL, 1.6);
    JsonArray next = client.event("live:trades").getJsonArray("trades");
    assertThat(next).hasSize(1);
    assertThat(next.getJsonObject(0).getDouble("p")).isEqualTo(1.6);
    gateway.awaitDemand("md.quote." + CALL, "md.trades." + CALL);
    client.emit(2, "live:unsubscribe", new JsonObject().put("symbol", CALL));
    client.ack(2);
    gateway.awaitDemand();
  }

  @Test
  void shouldDemandTradesOnlyForThoseWhoWantThem() {
    JsonObject quotesOnly = new JsonObject().put("symbol", "SPY").put("trades", false);
    WireClient client = gateway.socketIo();
    client.emit(1, "live:subscribe", quotesOnly);
    client.event("live:quote");
    client.ack(1);
    gateway.awaitDemand("md.quote.SPY");
    gateway.market().keepTrade("SPY", 1.5);
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    assertThat(client.event("live:trades").getJsonArray("trades")).hasSize(1);
    gateway.awaitDemand("md.quote.SPY", "md.trades.SPY");
    client.emit(3, "live:subscribe", quotesOnly);
    client.ack(3);
    gateway.awaitDemand("md.quote.SPY");
    client.emit(4, "live:subscribe", quotesOnly.copy().put("trades", "no"));
    assertThat(client.ack(4).getJsonObject("error").getString("message")).startsWith("trades ");
  }

  private static JsonObject feed(String market, long delayMillis) {
    return new JsonObject()
        .put("provider", "fake")
        .put("market", market)
        .put("state", "streaming")
        .put("delayMs", delayMillis);
  }

  @Test
  void shouldJudgeAQuotesAgeByTheDelayOfItsOwnFeed() {
    WireClient client = gateway.socketIo();
    JsonObject status = client.event("market:status").copy();
    JsonArray feeds = new JsonArray().add(feed("stocks", 0)).add(feed("options", 900_000));
    gateway.vertx().eventBus().publish(Addresses.STATUS, status.put("feeds", feeds));
    client.event("market:status");
    client.emit(1, "live:subscribe", new JsonObject().put("symbol", "OLD"));
    assertThat(client.ack(1).getString("state")).isEqualTo("quiet");
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "O:OLD251219C00650000"));
    assertThat(client.ack(2).getString("state")).isEqualTo("live");
  }

  @Test
  void shouldLimitSymbolsByClassOfAssets() {
    WireClient client = gateway.socketIo();
    JsonArray four = new JsonArray().add("SPY").add("QQQ").add(CALL).add(PUT);
    client.emit(1, "live:subscribe", new JsonObject().put("symbols", four));
    assertThat(client.ack(1).getBoolean("ok")).isTrue();
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "DIA"));
    assertThat(client.event("live:error").getString("symbol")).isEqualTo("DIA");
    assertThat(client.ack(2).getJsonObject("error").getString("code")).isEqualTo("LIMIT_EXCEEDED");
    gateway.market().trade(CALL, 1.6);
    assertThat(client.event("live:trades").getString("symbol")).isEqualTo(CALL);
  }

  @Test
  void shouldSendFlowOfTheUnderlyingThatIsShown() {
    WireClient client = gateway.socketIo();
    WireClient other = gateway.socketIo();
    client.emit(1, "chain:focus", focus("SPY", DATE));
    client.ack(1);
    other.emit(1, "chain:focus", focus("QQQ", DATE));
    other.ack(1);
    gateway.market().flow(FakeMarket.option("QQQ", DATE, 'C', 640));
    gateway.market().flow(CALL);
    assertThat(client.event("flow:update").getString("contract")).isEqualTo(CALL);
    assertThat(client.passedOver("42[\"flow:update\"")).isFalse();
    assertThat(other.event("flow:update").getString("contract")).contains("QQQ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain:focus | 5 | argument",
        "chain:focus | {} | underlying",
        "chain:focus | {\"underlying\":\"O:SPY251219C00650000\"} | underlying",
        "chain:focus | {\"underlying\":\"SPY\"} | expiration",
        "chain:focus | {\"underlying\":\"SPY\",\"expiration\":\"soon\"} | expiration",
        "chain:focus | {\"underlying\":\"SPY\",\"expiration\":\"2025-12-19\",\"contract\":\"SPY\"} | contract",
        "chain:focus | {\"underlying\":\"QQQ\",\"expiration\":\"2025-12-19\",\"contract\":\"O:SPY251219C00650000\"} | contract",
        "chain:focus | {\"underlying\":\"SPY\",\"expiration\":\"2025-12-19\",\"contract\":\"\"} | contract",
        "chain:focus | {\"underlying\":\"SPY\",\"expiration\":\"2025-12-19\",\"contact\":\"x\"} | contact",
        "chain:unfocus | 5 | argument",
        "watchlist:set | {} | tickers",
        "watchlist:set | {\"tickers\":\"SPY\"} | tickers",
        "watchlist:set | {\"tickers\":[7]} | tickers",
        "snapshot:subscribe | 5 | argument",
        "snapshot:subscribe | {\"symbols\":[]} | symbols",
        "snapshot:unsubscribe | 5 | argument",
      })
  void shouldNameTheParameterThatIsWrong(String event, String argument, String name) {
    WireClient client = gateway.socketIo();
    client.send("429[\"" + event + "\"," + argument + "]");
    JsonObject error = client.event("live:error").getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("INVALID_PARAMETER");
    assertThat(error.getString("message")).startsWith(name + " ");
    assertThat(client.ack(9).getJsonObject("error")).isEqualTo(error);
  }

  @Test
  void shouldRefuseAChainThatDoesNotExist() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chain:focus", focus("NOSUCH", DATE));
    JsonObject error = client.event("live:error");
    assertThat(error.containsKey("symbol")).isFalse();
    assertThat(error.getString("underlying")).isEqualTo("NOSUCH");
    assertThat(error.getString("expiration")).isEqualTo(DATE);
    assertThat(client.ack(1).getJsonObject("error").getString("code"))
        .isEqualTo("UNKNOWN_INSTRUMENT");
    gateway.awaitDemand();
  }
}
