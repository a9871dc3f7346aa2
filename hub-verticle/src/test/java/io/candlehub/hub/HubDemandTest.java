package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.cluster.SingleNode;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.TopicChange;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.TopicStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What nodes want, as members of the cluster come and die. */
@Timeout(60)
class HubDemandTest {
  private static final String CHART = "md.chart.1m.SPY";

  @TempDir
  private Path folder;

  private final ScriptedCluster cluster = new ScriptedCluster();
  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig(
        "2013-10-07T10:00:20", folder, clock -> cluster.join(SingleNode.NODE_ID, Role.HUB));
    cluster.grant(Shards.of(HubRig.SPY), SingleNode.NODE_ID, false).await();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void demand(String address, String node) {
    rig.vertx
        .eventBus()
        .send(
            address,
            new JsonObject()
                .put("owner", "gateway-of-" + node)
                .put("node", node)
                .put("topics", new JsonArray().add(CHART))
                .put("leaseMs", 15_000));
    rig.settle();
  }

  private List<String> demanded() {
    synchronized (rig.demanded) {
      return List.copyOf(rig.demanded);
    }
  }

  @Test
  void shouldEndTheDemandOfEveryNodeThatDiesWithinTenSeconds() {
    for (String node : List.of("one", "two", "three")) {
      cluster.join(node, Role.HUB);
      demand(Addresses.COMMAND_DEMAND, node);
      rig.advance(Duration.ofSeconds(3), false);
      assertThat(demanded()).as(node).contains("minutes:SPY");
      // A silent node stays a member for three seconds.
      rig.advance(Duration.ofSeconds(3), false);
      cluster.kill(node);
      rig.advance(Duration.ofSeconds(6), false);
      assertThat(demanded()).as(node).isEmpty();
    }
  }

  @Test
  void shouldAnswerAtOnceForAShardWhoseDemandItKnewBefore() {
    String symbol = "QQQ";
    rig.vertx
        .eventBus()
        .send(
            Addresses.hubDemand(SingleNode.NODE_ID),
            new JsonObject()
                .put("owner", "gateway")
                .put("topics", new JsonArray().add("md.chart.1m.QQQ"))
                .put("leaseMs", 15_000));
    rig.settle();
    cluster.grant(Shards.of(Instrument.of(symbol)), SingleNode.NODE_ID, false).await();

    Buffer chart = rig.<Buffer>request(
            Addresses.COMMAND_CHART, new JsonObject().put("symbol", symbol).put("timeframe", "1m"))
        .body();

    assertThat(chart.length()).isPositive();
  }

  @Test
  void shouldTellOtherHubsTheWholeDemandWithTheNodeItIsOf() {
    List<JsonObject> parts = new CopyOnWriteArrayList<>();
    cluster.join("other", Role.HUB);
    rig.vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.hubDemand("other"), part -> parts.add(part.body()));
    demand(Addresses.COMMAND_DEMAND, "gone-soon");
    rig.until(() -> !parts.isEmpty());
    assertThat(parts.get(0).getString("node")).isEqualTo("gone-soon");
    assertThat(parts.get(0).getJsonArray("topics")).containsExactly(CHART);
    demand(Addresses.hubDemand(SingleNode.NODE_ID), "other");
    assertThat(demanded()).contains("minutes:SPY");
    cluster.kill("other");
    demand(Addresses.COMMAND_DEMAND, "gone-soon");
    rig.advance(Duration.ofSeconds(6), false);
    assertThat(demanded()).contains("minutes:SPY");
  }

  @Test
  void shouldFollowByTradesWhatNobodyStreamsTheSecondsOf() {
    String index = "I:SPX";
    cluster.grant(Shards.of(Instrument.of(index)), SingleNode.NODE_ID, false).await();
    rig.demand(Duration.ofMinutes(1), "md.quote." + index, "md.quote.SPY");
    assertThat(demanded())
        .containsExactlyInAnyOrder("quotes:I:SPX", "seconds:I:SPX", "quotes:SPY", "seconds:SPY");

    rig.topics(TopicStatus.State.REFUSED);
    assertThat(demanded()).contains("trades:I:SPX", "seconds:I:SPX", "trades:SPY", "seconds:SPY");

    rig.topics(TopicStatus.State.READY);
    assertThat(demanded()).contains("seconds:I:SPX").doesNotContain("trades:I:SPX", "trades:SPY");
  }

  private boolean lease(int number, TopicChange change) {
    DemandReport report = new DemandReport(
        "gateway",
        "node",
        number,
        number == 1,
        false,
        0,
        Map.of(Integer.toString(Shards.of(HubRig.SPY)), change));
    Message<JsonObject> answer =
        rig.request(Addresses.hubLease(SingleNode.NODE_ID), report.toJson());
    rig.settle();
    return DemandReport.isKnown(answer.body());
  }

  @Test
  void shouldServeWhatAGatewayLeasesUntilItFallsSilent() {
    assertThat(lease(1, new TopicChange(0, 1, List.of(CHART), List.of()))).isTrue();
    assertThat(demanded()).contains("minutes:SPY");
    assertThat(lease(2, new TopicChange(1, 2, List.of("md.quote.SPY"), List.of())))
        .isTrue();
    assertThat(demanded()).contains("minutes:SPY", "quotes:SPY");
    assertThat(lease(3, new TopicChange(7, 8, List.of(), List.of()))).isFalse();
    rig.advance(Duration.ofSeconds(8), false);
    assertThat(demanded()).contains("minutes:SPY", "quotes:SPY");
    rig.advance(Duration.ofSeconds(2), false);

    assertThat(demanded()).isEmpty();
  }
}
