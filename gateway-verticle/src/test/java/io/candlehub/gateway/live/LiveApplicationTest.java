package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.ClientSeries;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.Alert;
import io.candlehub.model.Bar;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LiveApplicationTest {
  private static final StreamKey QQQ = Charts.key("QQQ", Timeframe.M1);
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture(
        Map.of("limits.charts-per-client", "2", "limits.live-symbols-per-client", "3"));
    gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10), Charts.bar(1, 11));
    gateway.hub().series(QQQ).put(Charts.bar(0, 20));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject focus(String symbol) {
    return new JsonObject().put("symbol", symbol).put("timeframe", "1m");
  }

  private static void take(ClientSeries series, JsonObject payload, String kind) {
    series.take(ChartJsonReader.read(payload.put("kind", kind).toBuffer()));
  }

  @Test
  void shouldSendSnapshotThenAnswerThenUpdates() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("SPY"));
    ClientSeries series = new ClientSeries();
    JsonObject snapshot = client.event("chart:snapshot");
    assertThat(snapshot.getString("chartId")).isEqualTo("main");
    take(series, snapshot, "snapshot");
    JsonObject answer = client.ack(1);
    assertThat(answer).isEqualTo(new JsonObject().put("ok", true).put("state", "live"));
    gateway.hub().put(Charts.SPY, Charts.bar(1, 12));
    take(series, client.event("chart:update"), "update");
    gateway.hub().put(Charts.SPY, Charts.bar(2, 13));
    JsonObject update = client.event("chart:update");
    assertThat(update.getJsonArray("bars")).hasSize(1);
    take(series, update, "update");
    assertThat(series.bars()).isEqualTo(gateway.hub().series(Charts.SPY).bars());
    gateway.awaitDemand("md.chart.1m.SPY");
  }

  @Test
  void shouldSendAnOptionsIntradayChartUnderItsNameOnTheUnderlyingsBars() {
    StreamKey call = Charts.key("O:SPY231117C00450000", Timeframe.M1);
    gateway.hub().series(call).put(Charts.bar(0, 10));
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("O:SPY231117C00450000"));
    JsonObject snapshot = client.event("chart:snapshot");
    assertThat(snapshot.getString("symbol")).isEqualTo("O:SPY231117C00450000");
    assertThat(snapshot.getString("barsOf")).isEqualTo("SPY");
    assertThat(snapshot.getJsonArray("bars")).hasSize(1);
    client.ack(1);
    gateway.hub().put(call, Charts.bar(1, 11));
    JsonObject update = client.event("chart:update");
    assertThat(update.getString("symbol")).isEqualTo("O:SPY231117C00450000");
    assertThat(update.getJsonArray("bars")).hasSize(1);
  }

  @Test
  void shouldCloseAHoleByAsking() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("SPY"));
    ClientSeries series = new ClientSeries();
    take(series, client.event("chart:snapshot"), "snapshot");
    gateway.hub().series(Charts.SPY).put(Charts.bar(2, 13));
    gateway.hub().put(Charts.SPY, Charts.bar(3, 14));
    while (series.bars().size() < 4) {
      take(series, client.event("chart:update"), "update");
    }
    assertThat(series.bars()).isEqualTo(gateway.hub().series(Charts.SPY).bars());
  }

  @Test
  void shouldSendASnapshotWhenContinuityIsLost() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("SPY"));
    client.event("chart:snapshot");
    gateway.hub().series(Charts.SPY).restart("e2");
    gateway.hub().put(Charts.SPY, Charts.bar(2, 13));
    JsonObject snapshot = client.event("chart:snapshot");
    assertThat(snapshot.getJsonObject("stream").getString("epoch")).isEqualTo("e2");
    assertThat(snapshot.getJsonArray("bars")).hasSize(3);
  }

  @Test
  void shouldResumeWithOneUpdateAndWithoutAskingTheHubAgain() {
    WireClient first = gateway.socketIo();
    first.emit(1, "chart:focus", focus("SPY"));
    JsonObject stream = first.event("chart:snapshot").getJsonObject("stream");
    gateway.hub().put(Charts.SPY, Charts.bar(1, 12));
    first.event("chart:update");
    gateway.hub().put(Charts.SPY, Charts.bar(2, 13));
    first.event("chart:update");
    WireClient second = gateway.socketIo();
    second.emit(1, "chart:focus", focus("SPY").put("since", stream));
    JsonObject update = second.event("chart:update");
    assertThat(update.getJsonArray("bars")).hasSize(2);
    assertThat(update.getJsonObject("stream").getLong("fromSeq")).isEqualTo(stream.getLong("seq"));
    second.ack(1);
    assertThat(gateway.hub().chartRequests()).hasSize(1);
    WireClient ahead = gateway.socketIo();
    ahead.emit(1, "chart:focus", focus("SPY").put("since", stream.copy().put("seq", 99_999)));
    assertThat(ahead.event("chart:snapshot").getJsonArray("bars")).hasSize(3);
    WireClient elsewhere = gateway.socketIo();
    elsewhere.emit(1, "chart:focus", focus("SPY").put("since", stream.copy().put("epoch", "old")));
    assertThat(elsewhere.event("chart:snapshot").getJsonArray("bars")).hasSize(3);
  }

  @Test
  void shouldSendNothingOfTheFormerStreamAfterASwitch() {
    WireClient client = gateway.socketIo();
    gateway.hub().holdCharts();
    client.emit(1, "chart:focus", focus("SPY"));
    client.emit(2, "chart:focus", focus("QQQ"));
    client.emit(3, "live:subscribe", new JsonObject().put("symbol", "QQQ"));
    assertThat(client.ack(1).getString("state")).as("the superseded focus").isEqualTo("pending");
    client.ack(3);
    gateway.hub().releaseCharts();
    assertThat(client.event("chart:snapshot").getString("symbol")).isEqualTo("QQQ");
    assertThat(client.ack(2).getBoolean("ok")).isTrue();
    gateway.hub().put(Charts.SPY, Charts.bar(2, 13));
    gateway.hub().put(QQQ, Charts.bar(2, 23));
    assertThat(client.event("chart:update").getString("symbol")).isEqualTo("QQQ");
    assertThat(client.passedOver("42[\"chart:")).isFalse();
  }

  @Test
  void shouldAnswerEventsItDoesNotKnow() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:fucus", focus("SPY"));
    assertThat(client.ack(1).getJsonObject("error").getString("code")).isEqualTo("UNSUPPORTED");
    client.emit(2, "chart:focus", focus("SPY"));
    assertThat(client.ack(2).getBoolean("ok")).isTrue();
  }

  @Test
  void shouldRefuseUnknownSymbolsInAnswerAndEvent() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("NOSUCH"));
    JsonObject event = client.event("chart:error");
    assertThat(event.getString("symbol")).isEqualTo("NOSUCH");
    assertThat(event.getJsonObject("error").getString("code")).isEqualTo("UNKNOWN_INSTRUMENT");
    assertThat(client.ack(1).getBoolean("ok")).isFalse();
    client.emit(
        2,
        "live:subscribe",
        new JsonObject().put("symbols", new JsonArray().add("SPY").add("NOX")));
    assertThat(client.event("live:error").getString("symbol")).isEqualTo("NOX");
    assertThat(client.ack(2).getJsonArray("refused")).hasSize(1);
    client.emit(3, "live:subscribe", new JsonObject().put("symbol", "NOY"));
    assertThat(client.ack(3).getJsonObject("error").getString("code"))
        .isEqualTo("UNKNOWN_INSTRUMENT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chart:focus | 5 | argument",
        "chart:focus | {} | symbol",
        "chart:focus | {\"symbol\":7,\"timeframe\":\"1m\"} | symbol",
        "chart:focus | {\"symbol\":\"A B\",\"timeframe\":\"1m\"} | symbol",
        "chart:focus | {\"symbol\":\"SPY\"} | timeframe",
        "chart:focus | {\"symbol\":\"SPY\",\"timeframe\":\"1m\",\"sessionMode\":\"x\"} | sessionMode",
        "chart:focus | {\"symbol\":\"SPY\",\"timeframe\":\"1m\",\"chartId\":\"\"} | chartId",
        "chart:focus | {\"symbol\":\"SPY\",\"timeframe\":\"1m\",\"since\":3} | since",
        "chart:focus | {\"symbol\":\"SPY\",\"timeframe\":\"1m\",\"since\":{\"epoch\":\"e\",\"seq\":-1}} | since",
        "chart:focus | {\"symbol\":\"SPY\",\"timeframe\":\"1m\",\"since\":{\"epoch\":\"e\",\"seq\":1.5}} | since",
        "chart:focus | {\"symbol\":\"SPY\",\"timeframe\":\"1m\",\"maxPerSecond\":0} | maxPerSecond",
        "chart:unfocus | [] | argument",
        "live:subscribe | {} | symbol",
        "live:subscribe | {\"symbols\":[]} | symbols",
        "live:subscribe | {\"symbols\":[1]} | symbols",
        "live:unsubscribe | {\"symbols\":\"SPY\"} | symbols",
      })
  void shouldNameTheParameterThatIsWrong(String event, String argument, String name) {
    WireClient client = gateway.socketIo();
    client.send("429[\"" + event + "\"," + argument + "]");
    JsonObject error =
        client.event(event.substring(0, event.indexOf(':')) + ":error").getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("INVALID_PARAMETER");
    assertThat(error.getString("message")).startsWith(name + " ");
    assertThat(client.ack(9).getJsonObject("error")).isEqualTo(error);
  }

  @Test
  void shouldKeepWhatIsThereWhenALimitIsReached() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("SPY").put("chartId", "a"));
    client.ack(1);
    client.emit(2, "chart:focus", focus("QQQ").put("chartId", "b"));
    client.ack(2);
    client.emit(3, "chart:focus", focus("SPY").put("chartId", "c"));
    assertThat(client.ack(3).getJsonObject("error").getString("code")).isEqualTo("LIMIT_EXCEEDED");
    gateway.hub().put(Charts.SPY, Charts.bar(3, 9));
    assertThat(client.event("chart:update").getString("chartId")).isEqualTo("a");
    client.emit(4, "chart:unfocus", new JsonObject().put("chartId", "a"));
    assertThat(client.ack(4).getBoolean("ok")).isTrue();
    client.emit(5, "chart:focus", focus("SPY").put("chartId", "c"));
    assertThat(client.ack(5).getBoolean("ok")).isTrue();
    JsonArray four = new JsonArray().add("A").add("B").add("C").add("D");
    client.emit(6, "live:subscribe", new JsonObject().put("symbols", four));
    assertThat(client.ack(6).getJsonObject("error").getString("code")).isEqualTo("LIMIT_EXCEEDED");
  }

  @Test
  void shouldSendQuotesUntilUnsubscribed() {
    WireClient client = gateway.socketIo();
    client.emit(1, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    assertThat(client.event("live:quote").getInteger("bid")).isEqualTo(1);
    assertThat(client.ack(1).getString("state")).isEqualTo("live");
    gateway.hub().quote("SPY", 2.5);
    assertThat(client.event("live:quote").getDouble("bid")).isEqualTo(2.5);
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "MUTE"));
    assertThat(client.ack(2)).isEqualTo(new JsonObject().put("ok", true).put("state", "quiet"));
    client.emit(3, "live:unsubscribe", new JsonObject().put("symbol", "SPY"));
    client.ack(3);
    gateway.hub().quote("SPY", 3);
    gateway.hub().quote("MUTE", 4);
    assertThat(client.event("live:quote").getString("symbol")).isEqualTo("MUTE");
  }

  @Test
  void shouldSayQuietWhileNoQuotesCome() {
    WireClient client = gateway.socketIo();
    client.emit(1, "live:subscribe", new JsonObject().put("symbol", "OLD"));
    assertThat(client.ack(1).getString("state")).isEqualTo("quiet");
    JsonArray some = new JsonArray().add("OLD").add("SPY");
    client.emit(2, "live:subscribe", new JsonObject().put("symbols", some));
    assertThat(client.ack(2).getString("state")).isEqualTo("live");
    gateway.hub().publishStatus("closed");
    client.event("market:status");
    client.emit(3, "live:subscribe", new JsonObject().put("symbol", "OLD"));
    assertThat(client.ack(3).getString("state")).isEqualTo("closed");
  }

  @Test
  void shouldSendAlertsToEveryClientOnce() {
    WireClient client = gateway.socketIo();
    WireClient other = gateway.socketIo();
    client.emit(1, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    client.ack(1);
    gateway.hub().alert(new Alert(Alert.Kind.MUTE_FEED, "stocks", "no data for 15 s", 5, 5, 20));
    JsonObject alert = client.event("market:alert");
    assertThat(alert)
        .isEqualTo(new JsonObject()
            .put("kind", "mute-feed")
            .put("subject", "stocks")
            .put("message", "no data for 15 s")
            .put("from", 5)
            .put("to", 5)
            .put("t", 20));
    assertThat(other.event("market:alert")).isEqualTo(alert);
    gateway
        .hub()
        .alert(new Alert(Alert.Kind.THROTTLED, "stocks", "requests are limited", 6, 6, 21));
    assertThat(client.event("market:alert").getString("kind")).isEqualTo("throttled");
    assertThat(gateway.socketIo().event("market:status")).isNotNull();
  }

  @Test
  void shouldSendTheStatusOnConnectAndOnChangeOnly() {
    WireClient client = gateway.socketIo();
    assertThat(client.event("market:status").getString("market")).isEqualTo("open");
    gateway.hub().publishStatus("open");
    gateway.hub().publishStatus("closed");
    assertThat(client.event("market:status").getString("market")).isEqualTo("closed");
  }

  @Test
  void shouldAnswerOversizedAndBrokenMessagesWithATypedErrorAndSpareOthers() {
    WireClient other = gateway.socketIo();
    other.emit(1, "chart:focus", focus("SPY"));
    other.ack(1);
    WireClient big = gateway.socketIo();
    big.send("42[\"chart:focus\",\"" + "x".repeat(100_000) + "\"]");
    assertThat(big.event("chart:error").getJsonObject("error").getString("code"))
        .isEqualTo("TOO_LARGE");
    WireClient broken = gateway.socketIo();
    broken.send("42{nonsense");
    assertThat(broken.event("chart:error").getJsonObject("error").getString("code"))
        .isEqualTo("INVALID_PARAMETER");
    broken.closeCode();
    gateway.hub().put(Charts.SPY, Charts.bar(5, 9));
    other.event("chart:update");
  }

  @Test
  void shouldEncodeOnceForAllClientsAtTheSamePosition() {
    int clients = 5;
    WireClient[] all = new WireClient[clients];
    for (int i = 0; i < clients; i++) {
      all[i] = gateway.socketIo();
      all[i].emit(1, "chart:focus", focus("SPY"));
      all[i].ack(1);
    }
    double before =
        gateway.meters().get("candlehub.gateway.updates.encoded").counter().count();
    gateway.hub().put(Charts.SPY, Charts.bar(5, 9));
    for (WireClient client : all) {
      client.event("chart:update");
    }
    double after =
        gateway.meters().get("candlehub.gateway.updates.encoded").counter().count();
    assertThat(after - before).isEqualTo(1);
  }

  @Test
  void shouldGiveAClientThatReadsAgainTheNewestStateAndDelayNobodyElse() {
    WireClient slow = gateway.socketIo();
    slow.emit(1, "chart:focus", focus("SPY"));
    ClientSeries series = new ClientSeries();
    take(series, slow.event("chart:snapshot"), "snapshot");
    WireClient healthy = gateway.socketIo();
    healthy.emit(1, "chart:focus", focus("SPY"));
    healthy.ack(1);
    slow.pause();
    int updates = 200;
    for (int i = 0; i < updates; i++) {
      Bar[] bars = new Bar[500];
      for (int j = 0; j < bars.length; j++) {
        bars[j] = Charts.bar(j, 10 + i);
      }
      gateway.hub().put(Charts.SPY, bars);
      healthy.event("chart:update");
    }
    slow.resume();
    while (series.seq() < gateway.hub().series(Charts.SPY).seq()) {
      take(series, slow.event("chart:update"), "update");
    }
    assertThat(series.bars()).isEqualTo(gateway.hub().series(Charts.SPY).bars());
    assertThat(series.messages()).isLessThan(updates);
    assertThat(gateway
            .meters()
            .get("candlehub.gateway.updates.conflated")
            .counter()
            .count())
        .isPositive();
  }

  @Test
  void shouldAnswerPendingWhenTheHubTakesLong() {
    WireClient client = gateway.socketIo();
    gateway.hub().holdCharts();
    client.emit(1, "chart:focus", focus("SPY"));
    assertThat(client.ack(1).getString("state")).isEqualTo("pending");
    gateway.hub().releaseCharts();
    assertThat(client.event("chart:snapshot").getJsonArray("bars")).hasSize(2);
  }
}
