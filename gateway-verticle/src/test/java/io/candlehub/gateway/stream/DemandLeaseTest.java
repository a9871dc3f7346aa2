package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Shards;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.ToldTopics;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandLeaseTest {
  private static final String SPY = "md.chart.1m.SPY";
  private static final String QQQ = "md.quote.QQQ";
  private static final int SPY_SHARD = Shards.of(Instrument.of("SPY"));
  private static final int QQQ_SHARD = Shards.of(Instrument.of("QQQ"));

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final Cluster cluster = new Cluster();
  private int doubts;
  private final DemandLease lease =
      new DemandLease(cluster, "gateway-1", scheduler, () -> doubts++);

  private record Told(String hub, DemandReport report, long atMillis) {}

  /** Hubs that take what they are told unless they are dead. */
  private final class Cluster implements DemandLease.Hubs {
    private final Map<Integer, List<String>> routes = new TreeMap<>();
    private final Map<String, ToldTopics> hubs = new TreeMap<>();
    private final Set<String> dead = new HashSet<>();
    private final List<Told> told = new ArrayList<>();

    void route(int shard, String... nodes) {
      routes.put(shard, List.of(nodes));
      for (String node : nodes) {
        hubs.computeIfAbsent(node, name -> new ToldTopics());
      }
    }

    @Override
    public String node() {
      return "node-1";
    }

    @Override
    public List<String> of(int shard) {
      return routes.getOrDefault(shard, List.of());
    }

    @Override
    public boolean isThere(String hub) {
      return !dead.contains(hub);
    }

    @Override
    public Future<JsonObject> tell(String hub, JsonObject report) {
      told.add(new Told(hub, DemandReport.from(report), clock.millis()));
      return dead.contains(hub)
          ? Future.failedFuture("no handlers")
          : Future.succeededFuture(hubs.get(hub).take("", report));
    }

    Set<String> topics(String hub) {
      return hubs.get(hub).topics();
    }

    Told last() {
      return told.get(told.size() - 1);
    }
  }

  @BeforeEach
  void begin() {
    assertThat(SPY_SHARD).isNotEqualTo(QQQ_SHARD);
    cluster.route(SPY_SHARD, "one", "two");
    cluster.route(QQQ_SHARD, "three", "one");
  }

  private void pass(int millis) {
    scheduler.advance(Duration.ofMillis(millis));
  }

  @Test
  void shouldTellTheHubsOfAShardAndNoOthers() {
    lease.add(SPY);
    lease.add(QQQ);

    assertThat(cluster.topics("one")).containsExactlyInAnyOrder(SPY, QQQ);
    assertThat(cluster.topics("two")).containsExactly(SPY);
    assertThat(cluster.topics("three")).containsExactly(QQQ);
    lease.remove(SPY);
    assertThat(cluster.topics("one")).containsExactly(QQQ);
    assertThat(cluster.topics("two")).isEmpty();
    assertThat(cluster.told).allMatch(told -> !told.report.positions());
  }

  @Test
  void shouldKeepWhatBelongsToNoShardToItself() {
    lease.add(Addresses.STATUS);
    lease.add(Addresses.FLOW);
    pass(10_000);

    assertThat(cluster.told).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldRenewEveryFiveSecondsHoweverOftenItChanges() {
    lease.add(SPY);
    for (int i = 0; i < 4; i++) {
      pass(1_000);
      lease.add("md.chart." + List.of("1s", "5s", "5m", "1h").get(i) + ".SPY");
    }
    int before = cluster.told.size();
    pass(999);
    assertThat(cluster.told).hasSize(before);
    pass(1);

    assertThat(cluster.told.subList(before, cluster.told.size()))
        .extracting(Told::hub)
        .containsExactly("one", "three", "two");
    assertThat(cluster.last().report.positions()).isTrue();
    assertThat(cluster.last().report.complete()).isTrue();
    assertThat(cluster.last().report.toJson().encode()).doesNotContain("SPY");
    pass(5_000);
    assertThat(cluster.last().atMillis).isEqualTo(10_000);
  }

  @Test
  void shouldAskForPositionsItDoesNotKnowAndForAllWhenHubsChange() {
    lease.add(SPY);
    lease.positionsKnown("two", 7);
    lease.positionsKnown("unknown", 8);
    pass(5_000);
    assertThat(cluster.last().hub).isEqualTo("two");
    assertThat(cluster.last().report.since()).isEqualTo(7);
    lease.renew();
    assertThat(cluster.last().report.positions()).isTrue();
    assertThat(cluster.last().report.since()).isZero();
  }

  @Test
  void shouldTellANewOwnerAllOfTheShardAndTakeItBackFromTheFormer() {
    lease.add(SPY);
    lease.add(QQQ);
    pass(1_000);
    cluster.route(SPY_SHARD, "two", "three");
    lease.renew();

    assertThat(cluster.topics("three")).containsExactlyInAnyOrder(SPY, QQQ);
    assertThat(cluster.topics("two")).containsExactly(SPY);
    assertThat(cluster.topics("one")).containsExactly(QQQ);
    cluster.route(QQQ_SHARD, "two");
    lease.renew();
    assertThat(cluster.topics("one")).isEmpty();
  }

  @Test
  void shouldTellAHubThatHasForgottenEverything() {
    lease.add(SPY);
    lease.add("md.quote.SPY");
    cluster.hubs.get("one").forget();
    pass(5_000);

    assertThat(cluster.topics("one")).containsExactlyInAnyOrder(SPY, "md.quote.SPY");
  }

  @Test
  void shouldNotBeHeldUpByADeadHub() {
    cluster.dead.add("one");
    lease.add(SPY);
    assertThat(cluster.topics("two")).containsExactly(SPY);
    assertThat(doubts).isEqualTo(1);
    pass(100);
    assertThat(cluster.last().hub).isEqualTo("one");
    assertThat(doubts).isEqualTo(2);

    cluster.route(SPY_SHARD, "two", "three");
    cluster.route(QQQ_SHARD, "three", "two");
    lease.renew();
    assertThat(cluster.topics("three")).containsExactly(SPY);
    int before = cluster.told.size();
    pass(4_000);
    assertThat(cluster.told).hasSize(before);
  }

  @Test
  void shouldNumberItsReportsOnForAHubThatComesBack() {
    lease.add(SPY);
    lease.add("md.quote.SPY");
    cluster.route(SPY_SHARD, "two");
    cluster.route(QQQ_SHARD, "three");
    cluster.dead.add("one");
    lease.renew();
    cluster.dead.clear();
    lease.add("md.trades.SPY");
    cluster.route(SPY_SHARD, "two", "one");
    lease.renew();

    assertThat(cluster.topics("one"))
        .containsExactlyInAnyOrder(SPY, "md.quote.SPY", "md.trades.SPY");
  }

  @Test
  void shouldLookForHubsWhileThereAreNone() {
    cluster.routes.clear();
    lease.add(SPY);
    assertThat(doubts).isEqualTo(1);
    pass(600);
    assertThat(doubts).isEqualTo(2);
    cluster.route(SPY_SHARD, "two");
    pass(500);

    assertThat(cluster.topics("two")).containsExactly(SPY);
    assertThat(doubts).isEqualTo(2);
  }

  @Test
  void shouldTellNothingWithoutTopics() {
    lease.renew();
    assertThat(cluster.told).isEmpty();

    lease.add(SPY);
    lease.remove(SPY);
    int before = cluster.told.size();
    pass(60_000);
    assertThat(cluster.told).hasSize(before);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldStayStillOnceGivenUp() {
    lease.add(SPY);
    Future<Void> released = lease.release();
    assertThat(released.succeeded()).isTrue();
    assertThat(cluster.topics("one")).isEmpty();
    assertThat(cluster.topics("two")).isEmpty();

    int before = cluster.told.size();
    lease.add(QQQ);
    lease.renew();
    pass(60_000);
    assertThat(cluster.told).hasSize(before);
    assertThat(scheduler.pending()).isZero();
  }
}
