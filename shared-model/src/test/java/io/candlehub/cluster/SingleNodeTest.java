package io.candlehub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleNodeTest {
  private final ManualClock clock = new ManualClock(1_000);
  private final SingleNode node = new SingleNode(Set.of(Role.values()), clock);

  @Test
  void shouldOwnEveryShardAtOnce() {
    List<Integer> gained = new ArrayList<>();
    Future<Void> owned = node.own(new ShardOwner() {
      @Override
      public Future<Void> gained(int shard, long term, boolean planned) {
        assertThat(term).isEqualTo(1_000);
        assertThat(planned).isFalse();
        gained.add(shard);
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> release(int shard, String successorNodeId) {
        throw new AssertionError();
      }

      @Override
      public void lost(int shard) {
        throw new AssertionError();
      }
    });

    assertThat(owned.succeeded()).isTrue();
    assertThat(gained).isEqualTo(IntStream.range(0, Shards.COUNT).boxed().toList());
    assertThat(node.owner(5)).contains(new Lease("shard/5", node.nodeId(), 1_000));
    assertThat(node.standby(5)).isEmpty();
    assertThat(node.leave().succeeded()).isTrue();
    assertThat(node.isFenced()).isFalse();
  }

  @Test
  void shouldRaiseTheTermWithEachGrant() {
    List<Lease> changes = new ArrayList<>();
    node.leases().listen(changes::add);
    List<Long> terms = new ArrayList<>();
    Leader leader = new Leader() {
      @Override
      public void elected(long term, Duration quiet) {
        assertThat(quiet).isZero();
        terms.add(term);
      }

      @Override
      public void deposed() {
        throw new AssertionError();
      }
    };

    node.compete("ingest/a/stocks", Role.INGEST, leader).withdraw();
    node.compete("ingest/a/stocks", Role.INGEST, leader);
    node.leases().acquire("ingest/a/stocks", lost -> {});

    assertThat(terms).containsExactly(1_000L, 1_001L);
    assertThat(changes).extracting(Lease::isHeld).containsExactly(true, false, true);
  }
}
