package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Candidacy;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Leader;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import io.candlehub.cluster.hazelcast.SimulatedCluster.SimulatedNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClusterCoreTest {
  private final SimulatedCluster cluster = new SimulatedCluster(2);

  @Test
  void shouldWaitForAMajorityAndThenShareTheShards() {
    SimulatedNode first = cluster.join("a");
    cluster.run(5_000);
    assertThat(first.core.isFenced()).isTrue();
    assertThat(first.owner.terms).isEmpty();

    SimulatedNode second = cluster.join("b");
    cluster.run(10_000);

    assertThat(first.core.isFenced()).isFalse();
    assertThat(first.owned.succeeded()).isTrue();
    assertEveryShardHasOneOwner();
    assertThat(first.owner.terms).hasSizeBetween(10, 54);
    assertThat(second.owner.terms).hasSizeBetween(10, 54);
    assertThat(first.core.standby(3))
        .contains(first.core.owner(3).orElseThrow().nodeId().equals("a") ? "b" : "a");
  }

  @Test
  void shouldMoveShardsToANewcomerOneAfterAnother() {
    settled("a", "b");
    SimulatedNode third = cluster.join("c");
    cluster.run(10_000);

    assertEveryShardHasOneOwner();
    assertThat(third.owner.terms).hasSizeBetween(8, 40);
    assertThat(third.owner.plannedGains).isEqualTo(third.owner.terms.keySet());
    assertThat(cluster.nodes.get("a").owner.lostShards).isEmpty();
  }

  @Test
  void shouldTakeOverWhatADeadNodeHadAtOnce() {
    settled("a", "b", "c");
    cluster.nodes.get("b").kill();
    cluster.run(450);

    assertEveryShardHasOneOwner();
    assertThat(cluster.nodes).containsOnlyKeys("a", "c");
  }

  @Test
  void shouldHandEverythingOverBeforeItLeaves() {
    settled("a", "b", "c");
    SimulatedNode leaver = cluster.nodes.get("b");
    Set<Integer> had = new HashSet<>(leaver.owner.terms.keySet());
    Future<Void> left = leaver.leave();
    cluster.run(2_000);

    assertThat(left.succeeded()).isTrue();
    assertThat(leaver.owner.terms).isEmpty();
    assertThat(leaver.owner.lostShards).isEmpty();
    Set<Integer> planned = new HashSet<>(cluster.nodes.get("a").owner.plannedGains);
    planned.addAll(cluster.nodes.get("c").owner.plannedGains);
    assertThat(planned).containsAll(had);
    assertEveryShardHasOneOwner();
  }

  @Test
  void shouldNotWaitForOthersThatLeaveToo() {
    settled("a", "b", "c");
    List<Future<Void>> left =
        List.copyOf(cluster.nodes.values()).stream().map(SimulatedNode::leave).toList();
    cluster.run(500);

    assertThat(left).allMatch(Future::succeeded);
  }

  @Test
  void shouldFenceACutNodeBeforeOthersTakeOver() {
    settled("a", "b", "c");
    SimulatedNode cut = cluster.nodes.get("a");
    List<String> told = new ArrayList<>();
    cut.core.listen(new ClusterListener() {
      @Override
      public void fenced() {
        told.add("fenced");
      }

      @Override
      public void restored() {
        told.add("restored");
      }
    });
    cut.cut();
    cluster.run(1_350);
    assertThat(cut.owner.terms).isEmpty();
    assertThat(told).containsExactly("fenced");

    cluster.run(8_000);
    assertThat(cut.owner.terms).isEmpty();
    assertEveryShardHasOneOwner();

    cut.heal();
    cluster.run(15_000);
    assertThat(told).startsWith("fenced", "restored");
    assertThat(cut.owner.terms).isNotEmpty();
    assertEveryShardHasOneOwner();
  }

  @Test
  void shouldKnowAfterASleepThatItIsFenced() {
    settled("a", "b", "c");
    SimulatedNode sleeper = cluster.nodes.get("a");
    sleeper.freeze();
    cluster.run(20_000);
    assertThat(sleeper.core.isFenced()).isTrue();
    assertThat(sleeper.owner.terms).isNotEmpty();

    sleeper.thaw();
    assertThat(sleeper.owner.terms).isEmpty();
    cluster.run(20_000);
    assertEveryShardHasOneOwner();
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000})
  void shouldNotMindWallClocksThatAreWrong(long errorMillis) {
    cluster.clockErrors.put("b", errorMillis);
    cluster.clockErrors.put("c", -errorMillis);
    settled("a", "b", "c");
    Map<Integer, Long> before = terms();
    runAndWatch(cluster, 30_000);
    assertThat(terms()).isEqualTo(before);

    cluster.clockErrors.put("d", errorMillis);
    SimulatedNode fourth = cluster.join("d");
    runAndWatch(cluster, 10_000);
    assertThat(fourth.owner.plannedGains).hasSizeGreaterThan(5);
    assertThat(fourth.owner.plannedGains).isEqualTo(fourth.owner.terms.keySet());
    assertThat(cluster.nodes.values()).allMatch(node -> node.owner.lostShards.isEmpty());

    cluster.nodes.get("b").kill();
    cluster.run(450);
    assertEveryShardHasOneOwner();
    before.forEach((shard, term) -> assertThat(terms().get(shard)).isGreaterThanOrEqualTo(term));
  }

  @Test
  void shouldTakeFromAMemberThatCannotRenewButNotBeforeItGaveUp() {
    cluster.clockErrors.put("b", 3_600_000L);
    settled("a", "b", "c");
    SimulatedNode barred = cluster.nodes.get("a");
    barred.barred = true;
    runAndWatch(cluster, 7_000);
    assertThat(barred.owner.terms).isNotEmpty();

    runAndWatch(cluster, 15_000);
    assertThat(barred.owner.terms).isEmpty();
    assertThat(barred.core.isFenced()).isFalse();
    assertEveryShardHasOneOwner();
  }

  @Test
  void shouldNotCondemnOthersAfterASleep() {
    settled("a", "b", "c");
    List<SimulatedNode> all = List.copyOf(cluster.nodes.values());
    for (int i = 0; i < 8; i++) {
      SimulatedNode sleeper = all.get(0);
      sleeper.freeze();
      cluster.run(2_000);
      sleeper.thaw();
      runAndWatch(cluster, 4_000);
    }
    runAndWatch(cluster, 10_000);

    assertEveryShardHasOneOwner();
    assertThat(all.get(1).owner.lostShards).isEmpty();
    assertThat(all.get(2).owner.lostShards).isEmpty();
  }

  @Test
  void shouldHaveOneLeaderWhoseSuccessorWaitsForAnUncleanEnd() {
    settled("a", "b", "c");
    List<String> told = new ArrayList<>();
    List<Candidacy> candidacies = new ArrayList<>();
    cluster
        .nodes
        .values()
        .forEach(node -> candidacies.add(
            node.core.compete("ingest/x/stocks", Role.HUB, new Book(node.id, told))));
    cluster.run(3_000);
    assertThat(told).hasSize(1);
    String first = told.get(0).substring(0, 1);

    cluster.nodes.get(first).kill();
    cluster.run(1_000);
    assertThat(told).hasSize(2);
    String second = told.get(1);
    assertThat(Long.parseLong(second.substring(2))).isBetween(900L, 1_400L);

    cluster.nodes.get(second.substring(0, 1)).core.leave();
    cluster.run(1_500);
    assertThat(told).hasSize(4);
    assertThat(told.get(2)).isEqualTo(second.substring(0, 1) + " deposed");
    assertThat(told.get(3)).endsWith(" 0");
  }

  @Test
  void shouldNotWaitForAProcessThatHasEnded() {
    settled("a", "b", "c");
    cluster.goneForCertain = true;
    List<String> told = new ArrayList<>();
    cluster
        .nodes
        .values()
        .forEach(node -> node.core.compete("ingest/x/stocks", Role.HUB, new Book(node.id, told)));
    cluster.run(3_000);
    cluster.nodes.get(told.get(0).substring(0, 1)).kill();
    cluster.run(1_000);

    assertThat(told).hasSize(2);
    assertThat(told.get(1)).endsWith(" 0");
  }

  /** Faults at random: at no time do two nodes act for a shard, no term is granted twice, and in the end all is well. */
  @Property(tries = 15)
  void shouldNeverHaveTwoActingOwners(@ForAll Random random) {
    SimulatedCluster any = new SimulatedCluster(2);
    for (String id : List.of("a", "b", "c")) {
      any.clockErrors.put(id, random.nextLong(7_200_000) - 3_600_000);
      any.join(id);
    }
    any.run(8_000);
    int joined = 0;
    for (int step = 0; step < 12; step++) {
      List<SimulatedNode> alive = List.copyOf(any.nodes.values());
      SimulatedNode node = alive.get(random.nextInt(alive.size()));
      boolean whole = alive.size() == 3 && alive.stream().noneMatch(one -> one.apart);
      int fault = random.nextInt(4);
      if (whole && fault == 0) {
        node.kill();
      } else if (whole && fault == 1) {
        node.leave();
      } else if (fault == 2) {
        node.cut();
      } else {
        node.freeze();
      }
      runAndWatch(any, 500 + random.nextInt(6_000));
      if (node.frozen) {
        node.thaw();
      }
      node.heal();
      runAndWatch(any, random.nextInt(9_000));
      if (any.nodes.size() < 3) {
        any.clockErrors.put("n" + joined, random.nextLong(7_200_000) - 3_600_000);
        any.join("n" + joined++);
      }
    }
    runAndWatch(any, 30_000);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      assertThat(any.acting(shard)).as("shard %s", shard).hasSize(1);
    }
  }

  private static void runAndWatch(SimulatedCluster any, long millis) {
    for (long passed = 0; passed < millis; passed += 25) {
      any.run(25);
      for (int shard = 0; shard < Shards.COUNT; shard++) {
        assertThat(any.acting(shard)).as("shard %s", shard).hasSizeLessThan(2);
      }
    }
  }

  /** The terms of all shards by those who own them. */
  private Map<Integer, Long> terms() {
    Map<Integer, Long> all = new TreeMap<>();
    cluster.nodes.values().forEach(node -> all.putAll(node.owner.terms));
    return all;
  }

  private void settled(String... ids) {
    for (String id : ids) {
      cluster.join(id);
    }
    cluster.run(10_000);
    assertEveryShardHasOneOwner();
  }

  private void assertEveryShardHasOneOwner() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      assertThat(cluster.acting(shard)).as("owners of shard %s", shard).hasSize(1);
    }
  }

  private record Book(String id, List<String> told) implements Leader {
    @Override
    public void elected(long term, Duration quiet) {
      told.add(id + " " + quiet.toMillis());
    }

    @Override
    public void deposed() {
      told.add(id + " deposed");
    }
  }
}
