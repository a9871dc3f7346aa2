package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.SingleNode;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.TopicChange;
import io.candlehub.model.ChartUpdate;
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

/** With each renewal that asks for it a gateway learns where the streams are that it demands. */
@Timeout(30)
class PositionTellerTest {
  private static final String CHART = "md.chart.1m.SPY";

  @TempDir
  private Path dataDir;

  private final List<StreamPositions> told = new CopyOnWriteArrayList<>();
  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", dataDir);
    rig.vertx
        .eventBus()
        .consumer(
            Addresses.gatewayPositions("gateway-1"),
            (Message<JsonObject> message) -> told.add(StreamPositions.from(message.body())));
    rig.listen(CHART);
    renew(false);
    rig.snapshot("1m");
    rig.advance(Duration.ofSeconds(20), true);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void renew(boolean positions) {
    rig.vertx
        .eventBus()
        .request(
            Addresses.COMMAND_DEMAND,
            new JsonObject()
                .put("owner", "test")
                .put("node", "gateway-1")
                .put("topics", new JsonArray().add(CHART).add("md.quote.SPY").add("md.quote.QQQ"))
                .put("leaseMs", 3_600_000)
                .put("positions", positions))
        .await();
    rig.settle();
  }

  @Test
  void shouldTellWhatWasPublishedLast() {
    renew(true);
    ChartUpdate last = rig.updates.get(rig.updates.size() - 1);

    StreamPositions positions = told.get(told.size() - 1);
    StreamPositions.Chart chart = positions.charts().get(0);
    assertThat(positions.charts()).hasSize(1);
    assertThat(chart.key()).isEqualTo(last.key());
    assertThat(chart.epoch()).isEqualTo(last.epoch());
    assertThat(chart.seq()).isEqualTo(last.seq());
    assertThat(chart.verdict()).isEqualTo(last.health().verdictCode());
    assertThat(chart.term()).isPositive();
    assertThat(positions.quotes())
        .anySatisfy(quote -> assertThat(quote.instrument().symbol()).isEqualTo("SPY"));
  }

  private boolean ask(int number, long since) {
    told.clear();
    TopicChange wants = new TopicChange(TopicChange.EMPTY, 1, List.of(CHART), List.of());
    DemandReport report =
        new DemandReport("test", "gateway-1", number, true, true, since, Map.of("0", wants));
    JsonObject answer = rig.vertx
        .eventBus()
        .<JsonObject>request(Addresses.hubLease(SingleNode.NODE_ID), report.toJson())
        .await()
        .body();
    rig.settle();
    return DemandReport.isKnown(answer);
  }

  @Test
  void shouldTellOnlyOfWhatHasComeToRestSince() {
    assertThat(ask(1, 0)).isTrue();
    assertThat(told).hasSize(2);
    assertThat(told.get(0).charts()).isEmpty();
    assertThat(told.get(0).hub()).isEqualTo(SingleNode.NODE_ID);
    assertThat(told.get(1).charts()).hasSize(1);
    assertThat(told.get(1).upTo()).isZero();
    ask(2, told.get(0).upTo());
    assertThat(told).hasSize(1);
    assertThat(told.get(0).charts()).hasSize(1);
    long known = told.get(0).upTo();
    ask(3, known);
    assertThat(told).isEmpty();

    rig.advance(Duration.ofSeconds(5), true);
    ask(4, known);
    assertThat(told).isEmpty();
    ask(5, known);
    ChartUpdate last = rig.updates.get(rig.updates.size() - 1);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).charts().get(0).seq()).isEqualTo(last.seq());
    assertThat(told.get(0).upTo()).isGreaterThan(known);
  }

  @Test
  void shouldTellNothingUnasked() {
    renew(false);

    assertThat(told).isEmpty();
  }
}
