package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Member;
import io.candlehub.cluster.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a hub does about shards it does not own: take those that nobody holds, and ask for those it should have.
 *
 * <p>The first of a free shard's preference takes it at once, the second a second later, and so on, so that a shard does
 * not wait for a node that cannot.
 */
final class ShardPlan {
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final String self;
  private final long[] freeSinceNanos = new long[Shards.COUNT];
  private final boolean[] free = new boolean[Shards.COUNT];

  ShardPlan(String self) {
    this.self = self;
  }

  /**
   * One thing to do.
   *
   * @param shard which shard
   * @param owner whom to ask for it; empty to acquire it
   */
  record Step(int shard, String owner) {
    boolean isAcquire() {
      return owner.isEmpty();
    }
  }

  /**
   * Returns what to do now.
   *
   * @param members all nodes
   * @param holder the live holder of a shard
   * @param nowNanos elapsed time
   */
  List<Step> steps(List<Member> members, IntFunction<Optional<String>> holder, long nowNanos) {
    List<Step> steps = new ArrayList<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      Optional<String> owner = holder.apply(shard);
      int rank = Shards.preference(shard, members).indexOf(self);
      if (owner.isPresent()) {
        free[shard] = false;
        if (rank == 0 && !owner.get().equals(self) && isAvailable(members, owner.get())) {
          steps.add(new Step(shard, owner.get()));
        }
        continue;
      }
      if (!free[shard]) {
        free[shard] = true;
        freeSinceNanos[shard] = nowNanos;
      }
      if (rank >= 0 && nowNanos - freeSinceNanos[shard] >= rank * PATIENCE_NANOS) {
        steps.add(new Step(shard, ""));
      }
    }
    return steps;
  }

  /** A node that leaves hands over by itself. */
  private static boolean isAvailable(List<Member> members, String nodeId) {
    return members.stream()
        .anyMatch(member -> member.nodeId().equals(nodeId) && member.available());
  }
}
