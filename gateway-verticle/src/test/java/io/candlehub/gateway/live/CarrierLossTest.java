package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.gateway.BreakableCarrier;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.ClientSeries;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.Timeframe;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A carrier that delivers nothing for a while leaves every chart as it is, says so, and is caught up with. */
@Timeout(30)
class CarrierLossTest {
  private final ClientSeries series = new ClientSeries();
  private GatewayFixture gateway;
  private BreakableCarrier carrier;
  private WireClient client;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture(vertx -> {
      carrier = new BreakableCarrier(vertx.eventBus());
      return carrier;
    });
    gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
    client = gateway.socketIo();
    client.emit(1, "chart:focus", focus());
    take(client.event("chart:snapshot"), "snapshot");
    client.ack(1);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject focus() {
    return new JsonObject().put("symbol", "SPY").put("timeframe", "1m").put("chartId", "main");
  }

  private void take(JsonObject payload, String kind) {
    series.take(ChartJsonReader.read(payload.put("kind", kind).toBuffer()));
  }

  private static String mode(JsonObject payload) {
    return payload.getJsonObject("health").getString("mode");
  }

  @Test
  void shouldSayThatNothingIsDeliveredAndAskForWhatWasMissed() {
    carrier.breakOff();
    JsonObject interrupted = client.event("chart:update");
    assertThat(mode(interrupted)).isEqualTo("DEGRADED");
    assertThat(interrupted.getJsonObject("health").getString("reason"))
        .isEqualTo("updates do not reach this node");
    take(interrupted, "update");
    gateway.hub().put(Charts.SPY, Charts.bar(1, 11));
    JsonObject health = gateway.get("/health/feeds").json();
    assertThat(health.getString("status")).isEqualTo("degraded");
    assertThat(health.getJsonObject("carrier").getString("reason")).isEqualTo("broken off");
    assertThat(gateway.get("/health/ready").status()).isEqualTo(200);

    carrier.mend();

    JsonObject back = client.event("chart:update");
    assertThat(mode(back)).isEqualTo("LIVE");
    take(back, "update");
    assertThat(series.bars()).isEqualTo(gateway.hub().series(Charts.SPY).bars());
    assertThat(gateway.get("/health/feeds").json().getString("status")).isEqualTo("ok");
  }

  @Test
  void shouldOpenChartsMeanwhile() {
    carrier.breakOff();
    client.event("chart:update");
    gateway.hub().series(Charts.key("QQQ", Timeframe.M1)).put(Charts.bar(0, 20));
    client.emit(2, "chart:focus", focus().put("symbol", "QQQ").put("chartId", "other"));
    JsonObject snapshot = client.event("chart:snapshot");
    assertThat(snapshot.getJsonArray("bars")).hasSize(1);
    assertThat(mode(snapshot)).isEqualTo("DEGRADED");
    assertThat(client.ack(2).getString("state")).isEqualTo("pending");
  }
}
