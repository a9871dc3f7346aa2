package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DemandRoutesTest {
  private static final int SHARD = 7;

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedCluster script = new ScriptedCluster("one", "two", "three");
  private final Cluster cluster = script.join("gateway", Role.GATEWAY);
  private final DemandRoutes routes = new DemandRoutes(
      cluster,
      new HubClient(
          vertx.eventBus(),
          new EventBusCarrier(vertx.eventBus()),
          cluster,
          new ManualScheduler(new ManualClock(0)),
          System::nanoTime));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private List<String> preferred() {
    return Shards.preference(SHARD, cluster.members());
  }

  @Test
  void shouldTellTheTwoThatShouldOwnAShardWithoutOwner() {
    assertThat(routes.of(SHARD)).isEqualTo(preferred().subList(0, 2));
  }

  @Test
  void shouldTellTheOwnerAndWhoWouldTakeItsPlace() {
    String last = preferred().get(2);
    script.own(last, 5, SHARD);

    assertThat(routes.of(SHARD)).containsExactly(last, preferred().get(0));
    script.own(preferred().get(0), 6, SHARD);
    assertThat(routes.of(SHARD)).isEqualTo(preferred().subList(0, 2));
  }

  @Test
  void shouldBelieveTheHigherTermOfTableAndAnnouncement() {
    String last = preferred().get(2);
    String second = preferred().get(1);
    script.own(preferred().get(0), 5, SHARD);
    routes.announced(last, Map.of(SHARD, 6L));
    assertThat(routes.of(SHARD).get(0)).isEqualTo(last);
    routes.announced(second, Map.of(SHARD, 4L));
    assertThat(routes.of(SHARD).get(0)).isEqualTo(last);
    script.own(second, 7, SHARD);
    assertThat(routes.of(SHARD).get(0)).isEqualTo(second);
  }

  @Test
  void shouldNotTellAnOwnerThatIsGone() {
    String first = preferred().get(0);
    script.own(first, 5, SHARD);
    script.vanish(first);

    assertThat(routes.of(SHARD)).isEqualTo(preferred()).doesNotContain(first);
    assertThat(routes.isThere(first)).isFalse();
    assertThat(routes.isThere("gateway")).isFalse();
  }
}
