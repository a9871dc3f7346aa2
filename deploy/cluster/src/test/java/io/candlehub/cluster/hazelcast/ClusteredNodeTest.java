package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ShardOwner;
import io.candlehub.cluster.Shards;
import io.candlehub.model.SettingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real members of Hazelcast and Vert.x' event bus in one process, on loopback. */
@Timeout(120)
class ClusteredNodeTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final List<Hub> hubs = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (Hub hub : hubs) {
      if (hub.node.hazelcast().getLifecycleService().isRunning()) {
        hub.node.vertx().close().await(20, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void shouldShareHandOverAndTakeOver() throws Exception {
    Hub first = start(2);
    assertThat(first.node.cluster().isFenced()).isTrue();
    Hub second = start(2);
    awaitOwners(first, second);
    Map<Integer, Long> before = terms(first);

    Hub third = start(2);
    awaitOwners(first, second, third);
    assertThat(third.terms).isNotEmpty();
    assertThat(third.planned).containsAll(third.terms.keySet());
    assertRisen(before, terms(first));
    before = terms(first);

    Set<Integer> leavers = Set.copyOf(second.terms.keySet());
    second.node.cluster().leave().await(20, TimeUnit.SECONDS);
    assertThat(second.terms).isEmpty();
    assertThat(second.lost).isEmpty();
    second.node.vertx().close().await(20, TimeUnit.SECONDS);
    awaitOwners(first, third);
    Set<Integer> planned = new ConcurrentSkipListSet<>(first.planned);
    planned.addAll(third.planned);
    assertThat(planned).containsAll(leavers);
    assertRisen(before, terms(first));

    Hub fourth = start(2);
    awaitOwners(first, third, fourth);
    before = terms(first);
    third.node.hazelcast().getLifecycleService().terminate();
    awaitOwners(first, fourth);
    assertRisen(before, terms(first));
    assertThat(third.node.cluster().isFenced()).isTrue();
    assertThat(hubs).allMatch(hub -> hub.twice.isEmpty());
  }

  @Test
  void shouldTellEveryoneOfALease() throws Exception {
    Hub first = start(2);
    Hub second = start(2);
    awaitOwners(first, second);
    List<Lease> seen = new ArrayList<>();
    second.node.cluster().leases().listen(seen::add);

    Lease granted = first
        .node
        .cluster()
        .leases()
        .acquire("ingest/x/stocks", lost -> {})
        .await(10, TimeUnit.SECONDS);
    assertThat(granted.nodeId()).isEqualTo(first.node.cluster().nodeId());
    await()
        .atMost(SOON)
        .until(() -> second.node.cluster().leases().lease("ingest/x/stocks").isPresent());
    Lease refused = second
        .node
        .cluster()
        .leases()
        .acquire("ingest/x/stocks", lost -> {})
        .await(10, TimeUnit.SECONDS);
    assertThat(refused).isEqualTo(granted);

    first.node.cluster().leases().release("ingest/x/stocks").await(10, TimeUnit.SECONDS);
    Lease next = second
        .node
        .cluster()
        .leases()
        .acquire("ingest/x/stocks", lost -> {})
        .await(10, TimeUnit.SECONDS);
    assertThat(next.term()).isGreaterThan(granted.term());
    assertThat(next.nodeId()).isEqualTo(second.node.cluster().nodeId());
  }

  @Test
  void shouldSayWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClusterConfig config = ClusterConfig.from(Map.of(
          "cluster.mode",
          "hazelcast",
          "cluster.expected-hubs",
          "1",
          "cluster.port",
          Integer.toString(taken.getLocalPort())));

      assertThatThrownBy(() -> ClusteredNode.start(
                  config, Set.of(Role.HUB), new VertxOptions(), new SimpleMeterRegistry())
              .await(30, TimeUnit.SECONDS))
          .hasMessageContaining("cluster.port = '" + taken.getLocalPort())
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void shouldNotJoinThoseWhoCountOtherVoters() throws Exception {
    Hub first = start(1);

    assertThatThrownBy(() -> start(2))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("cluster.expected-hubs")
        .hasMessageContaining("as on the node at [127.0.0.1]");
    await()
        .atMost(SOON)
        .until(() -> first.node.hazelcast().getCluster().getMembers().size() == 1);
    awaitOwners(first);
  }

  @Test
  void shouldCloseConnectionsOverWhichNothingComes() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      start(1, "127.0.0.1:" + mute.getLocalPort());
      mute.setSoTimeout(30_000);
      try (Socket accepted = mute.accept()) {
        accepted.setSoTimeout(30_000);
        assertThat(accepted.getInputStream().readAllBytes()).startsWith('H', 'Z', 'C');
      }
    }
  }

  private Hub start(int majority, String... otherSeeds) throws Exception {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("cluster.mode", "hazelcast");
    values.put("cluster.port", "0");
    values.put("cluster.expected-hubs", Integer.toString(2 * majority - 1));
    values.put(
        "cluster.members",
        Stream.concat(
                hubs.stream()
                    .map(hub -> hub.node.hazelcast())
                    .filter(member -> member.getLifecycleService().isRunning())
                    .map(ClusteredNodeTest::address),
                Stream.of(otherSeeds))
            .collect(Collectors.joining(",")));
    ClusteredNode node = ClusteredNode.start(
            ClusterConfig.from(values),
            Set.of(Role.HUB),
            new VertxOptions().setPreferNativeTransport(true),
            new SimpleMeterRegistry())
        .await(30, TimeUnit.SECONDS);
    Hub hub = new Hub(node);
    hubs.add(hub);
    node.vertx().runOnContext(ignored -> node.cluster().own(hub));
    return hub;
  }

  private static String address(HazelcastInstance member) {
    var address = member.getCluster().getLocalMember().getAddress();
    return address.getHost() + ":" + address.getPort();
  }

  private void awaitOwners(Hub... living) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
      List<Integer> owned = new ArrayList<>();
      for (Hub hub : living) {
        owned.addAll(hub.terms.keySet());
        if (hub.terms.isEmpty() || !Stream.of(living).allMatch(each -> knows(each, hub))) {
          return false;
        }
      }
      owned.sort(Integer::compare);
      return owned.equals(IntStream.range(0, Shards.COUNT).boxed().toList());
    });
  }

  /** Says whether a hub has been told of exactly the shards that another one, or itself, holds. */
  private static boolean knows(Hub hub, Hub owner) {
    String ownerId = owner.node.cluster().nodeId();
    return IntStream.range(0, Shards.COUNT)
        .filter(shard ->
            hub.node.cluster().owner(shard).stream().anyMatch(lease -> lease.isHeldBy(ownerId)))
        .boxed()
        .collect(Collectors.toSet())
        .equals(owner.terms.keySet());
  }

  private static Map<Integer, Long> terms(Hub hub) {
    return IntStream.range(0, Shards.COUNT)
        .boxed()
        .collect(Collectors.toMap(
            shard -> shard,
            shard -> hub.node.cluster().owner(shard).map(Lease::term).orElse(0L)));
  }

  private static void assertRisen(Map<Integer, Long> before, Map<Integer, Long> after) {
    assertThat(before)
        .allSatisfy((shard, term) -> assertThat(after.get(shard)).isGreaterThanOrEqualTo(term));
  }

  /** A hub that only keeps books. */
  private static final class Hub implements ShardOwner {
    private final ClusteredNode node;
    private final Map<Integer, Long> terms = new ConcurrentHashMap<>();
    private final Set<Integer> planned = new ConcurrentSkipListSet<>();
    private final Set<Integer> lost = new ConcurrentSkipListSet<>();
    private final Set<Integer> twice = new ConcurrentSkipListSet<>();

    Hub(ClusteredNode node) {
      this.node = node;
    }

    @Override
    public Future<Void> gained(int shard, long term, boolean plannedMove) {
      if (terms.put(shard, term) != null) {
        twice.add(shard);
      }
      if (plannedMove) {
        planned.add(shard);
      }
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> release(int shard, String successorNodeId) {
      return node.vertx().timer(5).map(ignored -> {
        terms.remove(shard);
        return null;
      });
    }

    @Override
    public void lost(int shard) {
      terms.remove(shard);
      lost.add(shard);
    }
  }
}
