package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.ClientSeries;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub that vanishes leaves every chart as it is, and every chart says so until the hub is back. */
@Timeout(30)
class HubLossTest {
  private static final String REASON = "the market data service is not reachable";

  private final ClientSeries series = new ClientSeries();
  private GatewayFixture gateway;
  private WireClient client;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture();
    gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10), Charts.bar(1, 11));
    client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("SPY", "main"));
    take(client.event("chart:snapshot"), "snapshot");
    client.ack(1);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject focus(String symbol, String chartId) {
    return new JsonObject().put("symbol", symbol).put("timeframe", "1m").put("chartId", chartId);
  }

  private void take(JsonObject payload, String kind) {
    series.take(ChartJsonReader.read(payload.put("kind", kind).toBuffer()));
  }

  /** Makes the gateway need the hub, which is gone. */
  private JsonObject loseHub() {
    gateway.hub().vanish();
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "QQQ"));
    return client.event("chart:update");
  }

  @Test
  void shouldSayThatTheHubIsGoneAndCatchUpWhenItIsBack() {
    JsonObject update = loseHub();
    assertThat(update.getJsonArray("bars")).isEmpty();
    JsonObject health = update.getJsonObject("health");
    assertThat(health.getString("mode")).isEqualTo("DEGRADED");
    assertThat(health.getString("reason")).isEqualTo(REASON);
    assertThat(health.getString("source")).isEqualTo("cache");
    take(update, "update");
    WireClient late = gateway.socketIo();
    late.emit(1, "chart:focus", focus("SPY", "main"));
    JsonObject snapshot = late.event("chart:snapshot");
    assertThat(snapshot.getJsonArray("bars")).hasSize(2);
    assertThat(snapshot.getJsonObject("health").getString("reason")).isEqualTo(REASON);
    assertThat(late.ack(1).getString("state")).isEqualTo("pending");

    gateway.hub().series(Charts.SPY).put(Charts.bar(2, 12));
    gateway.hub().appear();
    JsonObject back = client.event("chart:update");
    assertThat(back.getJsonObject("health").getString("mode")).isEqualTo("LIVE");
    take(back, "update");
    assertThat(series.bars()).isEqualTo(gateway.hub().series(Charts.SPY).bars());
    gateway.awaitDemand("md.chart.1m.SPY", "md.quote.QQQ", "md.trades.QQQ");
  }

  @Test
  void shouldTakeTheSeriesOfAHubThatStartedAnew() {
    loseHub();
    gateway.hub().series(Charts.SPY).restart("e2");
    gateway.hub().appear();
    gateway.hub().publishStatus("open");

    JsonObject snapshot = client.event("chart:snapshot");
    assertThat(snapshot.getJsonObject("stream").getString("epoch")).isEqualTo("e2");
    assertThat(snapshot.getJsonArray("bars")).hasSize(2);
    assertThat(snapshot.getJsonObject("health").getString("mode")).isEqualTo("LIVE");
  }

  @Test
  void shouldKeepBarsUntilANewHubHasLoadedThem() {
    loseHub();
    gateway.hub().startsEmpty();
    gateway.hub().appear();
    gateway.hub().publishStatus("open");

    JsonObject loading = client.event("chart:update");
    assertThat(loading.getJsonObject("health").getString("reason")).isEqualTo("still loading");
    gateway.hub().series(Charts.SPY).restart("e2");
    gateway.hub().hasLoaded();
    assertThat(client.event("chart:snapshot").getJsonArray("bars")).hasSize(2);
    assertThat(client.passedOver("42[\"chart:snapshot")).isFalse();
  }
}
