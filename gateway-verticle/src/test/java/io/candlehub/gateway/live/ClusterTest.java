package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.ClientSeries;
import io.candlehub.gateway.FakeHub;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hubs come, go and are paused, this node is cut off, and a client's series is the canonical one. */
@Timeout(60)
class ClusterTest {
  private static final String NODE = "gateway-1";
  private static final int SHARD = Shards.of(Charts.SPY.instrument());
  private static final String CUT_OFF = "this node is cut off from the cluster";

  private final ScriptedCluster script = new ScriptedCluster("hub-1", "hub-2");
  private final Cluster cluster = script.join(NODE, Role.GATEWAY);
  private final ClientSeries series = new ClientSeries();
  private GatewayFixture gateway;
  private FakeHub hub;
  private WireClient client;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture(Map.of("cluster.hand-over-millis", "0"), cluster);
    hub = gateway.hub();
    hub.series(Charts.SPY).put(Charts.bar(0, 10), Charts.bar(1, 11));
    client = gateway.socketIo();
    client.emit(1, "chart:focus", focus("SPY"));
    take(client.event("chart:snapshot"), "snapshot");
    client.ack(1);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject focus(String symbol) {
    return new JsonObject().put("symbol", symbol).put("timeframe", "1m");
  }

  private JsonObject take(JsonObject payload, String kind) {
    series.take(ChartJsonReader.read(payload.copy().put("kind", kind).toBuffer()));
    return payload;
  }

  private JsonObject update() {
    return take(client.event("chart:update"), "update");
  }

  private void assertCanonical() {
    assertThat(series.bars()).isEqualTo(hub.series(Charts.SPY).bars());
    assertThat(series.seq()).isEqualTo(hub.series(Charts.SPY).seq());
  }

  private double counted(String name, String reason) {
    return gateway.meters().get(name).tag("reason", reason).counter().count();
  }

  @Test
  void shouldNotLetAFormerOwnerReachAClient() {
    hub.own(SHARD, 7);
    hub.put(Charts.SPY, Charts.bar(2, 12));
    update();
    ChartUpdate late = hub.series(Charts.SPY).put(Charts.bar(2, 99));
    hub.publish(late, 6);
    hub.put(Charts.SPY, Charts.bar(2, 13));
    // What the former owner told is a hole now, and the owner is asked for it.
    assertThat(update().getJsonArray("bars").getJsonObject(0).getDouble("c")).isEqualTo(13);

    assertCanonical();
    assertThat(counted("candlehub.gateway.dropped", "former-owner")).isEqualTo(1);
  }

  @Test
  void shouldNotLetTheQuoteOfAFormerOwnerReachAClient() {
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    client.ack(2);
    hub.quote("SPY", 5, 7);
    hub.quote("SPY", 99, 6);
    hub.quote("SPY", 6, 7);
    List<Double> bids = new ArrayList<>();
    while (!bids.contains(6.0)) {
      bids.add(client.event("live:quote").getDouble("bid"));
    }

    assertThat(bids).contains(5.0).doesNotContain(99.0);
  }

  @Test
  void shouldSeeEveryChangeOnceAcrossOwners() {
    Random random = new Random(4);
    long term = 10;
    int changes = 0;
    List<ChartUpdate> ofFormerOwner = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ChartUpdate update =
          hub.series(Charts.SPY).put(Charts.bar(random.nextInt(30), 10 + random.nextInt(50)));
      changes++;
      if (random.nextInt(20) == 0) {
        term++;
        hub.own(SHARD, term);
      }
      if (random.nextInt(4) == 0) {
        ofFormerOwner.add(update);
        hub.publish(update, term - 1);
      } else {
        hub.publish(update, term);
      }
      if (!ofFormerOwner.isEmpty() && random.nextInt(3) == 0) {
        hub.publish(ofFormerOwner.get(random.nextInt(ofFormerOwner.size())), term - 1);
      }
    }
    hub.put(Charts.SPY, Charts.bar(31, 10));
    long end = hub.series(Charts.SPY).seq();
    int messages = 0;
    while (series.seq() < end) {
      update();
      messages++;
    }

    assertCanonical();
    assertThat(messages).isLessThanOrEqualTo(changes + 1);
  }

  @Test
  void shouldTellClientsThatThisNodeIsCutOffAndCatchUp() {
    script.fence(NODE);
    JsonObject cutOff = update();
    assertThat(cutOff.getJsonObject("health").getString("mode")).isEqualTo("DEGRADED");
    assertThat(cutOff.getJsonObject("health").getString("reason")).isEqualTo(CUT_OFF);
    assertThat(gateway.get("/health/ready").status()).isEqualTo(503);
    hub.put(Charts.SPY, Charts.bar(2, 12));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> counted("candlehub.gateway.dropped", "cut-off") > 0);
    WireClient late = gateway.socketIo();
    late.emit(1, "chart:focus", focus("SPY"));
    JsonObject snapshot = late.event("chart:snapshot");
    assertThat(snapshot.getJsonArray("bars")).hasSize(2);
    assertThat(snapshot.getJsonObject("health").getString("reason")).isEqualTo(CUT_OFF);
    assertThat(late.ack(1).getString("state")).isEqualTo("pending");

    script.restore(NODE);
    JsonObject back = update();
    assertThat(back.getJsonObject("health").getString("mode")).isEqualTo("LIVE");
    assertCanonical();
    assertThat(gateway.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void shouldSendItsClientsElsewhereOnceWhenThisNodeIsCutOff() {
    try (GatewayFixture impatient =
        new GatewayFixture(Map.of("cluster.hand-over-millis", "1"), cluster)) {
      WireClient socketIo = impatient.socketIo();
      WireClient bridge = impatient.bridge();
      script.fence(NODE);

      assertThat(socketIo.closeCode()).isEqualTo(1001);
      assertThat(bridge.closeCode()).isEqualTo(1001);
      WireClient late = impatient.socketIo();
      late.emit(1, "live:subscribe", new JsonObject().put("symbol", "SPY"));
      assertThat(late.ack(1)).isNotNull();
    }
  }

  @Test
  void shouldNoticeTheLossOfALastUpdate() {
    hub.series(Charts.SPY).put(Charts.bar(2, 12));
    script.join("hub-3", Role.HUB);
    update();

    assertCanonical();
  }

  @Test
  void shouldNoticeTheLossOfALastUpdateOfHealth() {
    Health degraded = new Health(
        HealthMode.DEGRADED,
        HealthSource.REST,
        "fake",
        10,
        0,
        true,
        900,
        0,
        List.of(),
        "open",
        "throttled");
    hub.series(Charts.SPY).put(degraded);
    script.join("hub-3", Role.HUB);

    assertThat(update().getJsonObject("health").getString("reason")).isEqualTo("throttled");
  }

  @Test
  void shouldNoticeTheLossOfALastQuote() {
    client.emit(2, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    client.ack(2);
    hub.quote("SPY", 5);
    client.expectContaining("42[\"live:quote\"", "5.0");
    hub.keepQuote("SPY", 6);
    script.join("hub-3", Role.HUB);

    client.expectContaining("42[\"live:quote\"", "6.0");
  }

  @Test
  void shouldAskNobodyForWhatWasNotMissed() {
    int before = hub.chartRequests().size();
    script.restore(NODE);
    script.join("hub-3", Role.HUB);
    script.restore(NODE);
    hub.put(Charts.SPY, Charts.bar(2, 12));
    update();
    await().during(1, TimeUnit.SECONDS).until(() -> hub.chartRequests().size() == before);
  }

  @Test
  void shouldLetAFirstClientWaitForATakeOver() {
    hub.moving(true);
    client.emit(2, "chart:focus", focus("QQQ").put("chartId", "other"));
    gateway.vertx().setTimer(500, timer -> hub.moving(false));

    assertThat(client.ack(2).getString("state")).isEqualTo("live");
    assertThat(client.passedOver("42[\"chart:error")).isFalse();
  }

  @Test
  void shouldAskAnotherHubForWhatADeadOneOwes() {
    hub.holdCharts();
    client.emit(2, "chart:focus", focus("QQQ").put("chartId", "other"));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> hub.demand().contains("md.chart.1m.QQQ") && hub.heldCharts() == 1);
    hub.forgetCharts();
    script.kill("hub-2");

    assertThat(client.ack(2).getString("state")).isEqualTo("live");
  }

  @Test
  void shouldRecoverByItselfHoweverLateTheHubsCome() {
    ScriptedCluster alone = new ScriptedCluster();
    try (GatewayFixture early = GatewayFixture.withoutHub(alone.join(NODE, Role.GATEWAY))) {
      assertThat(early.get("/health/live").status()).isEqualTo(200);
      assertThat(early.get("/health/ready").status()).isEqualTo(503);
      WireClient first = early.socketIo();
      first.emit(1, "chart:focus", focus("SPY"));
      WireClient second = early.socketIo();
      second.emit(2, "live:subscribe", new JsonObject().put("symbol", "SPY"));
      early.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      early.hub().appear();
      alone.join("hub-1", Role.HUB);

      assertThat(first.event("chart:snapshot").getJsonArray("bars")).hasSize(1);
      assertThat(first.ack(1).getString("state")).isEqualTo("live");
      assertThat(second.ack(2).getBoolean("ok")).isTrue();
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> early.get("/health/ready").status() == 200);
      early.awaitDemand("md.chart.1m.SPY", "md.quote.SPY", "md.trades.SPY");
    }
  }

  @Test
  void shouldTellItsDemandAgainToANewOwner() {
    hub.forgetDemand();
    hub.own(SHARD, 7);

    await().atMost(2, TimeUnit.SECONDS).until(() -> hub.demand().contains("md.chart.1m.SPY"));
  }
}
