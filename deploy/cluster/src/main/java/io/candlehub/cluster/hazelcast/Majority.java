package io.candlehub.cluster.hazelcast;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether this node hears a majority of the voters. A voter is heard by the answer to a probe, as of the time the probe
 * was sent; a node that has not heard enough of them for {@link #FENCE_NANOS} is fenced.
 *
 * <p>Changed on the cluster's context; {@link #isFenced} may be asked from any thread.
 */
final class Majority {
  /** Shorter than any take-over: members that are silent are removed after 2.5 s at the earliest. */
  static final long FENCE_NANOS = 1_200_000_000L;

  private static final long FORGET_NANOS = 60_000_000_000L;

  private final int quorum;
  private final boolean selfVotes;
  private final Map<String, Long> heardNanos = new HashMap<>();
  private Set<String> voters = Set.of();
  private boolean present = true;
  private volatile Deadline deadline;

  /**
   * Creates it with nobody heard.
   *
   * @param quorum how many voters are a majority
   * @param selfVotes whether this node is one
   */
  Majority(int quorum, boolean selfVotes) {
    this.quorum = quorum;
    this.selfVotes = selfVotes;
    this.deadline = deadline();
  }

  /**
   * Sets what the membership says.
   *
   * @param selfIsMember whether this node is a member itself; if not, it is fenced
   * @param others which other nodes are members and vote
   */
  void members(boolean selfIsMember, Set<String> others) {
    if (present != selfIsMember || !voters.equals(others)) {
      present = selfIsMember;
      voters = Set.copyOf(others);
      deadline = deadline();
    }
  }

  /** A node has answered a probe that was sent at an instant of the nano clock. */
  void heard(String nodeId, long sentNanos) {
    heardNanos.merge(nodeId, sentNanos, (a, b) -> b - a > 0 ? b : a);
    heardNanos.values().removeIf(nanos -> sentNanos - nanos > FORGET_NANOS);
    deadline = deadline();
  }

  /** Returns when a node was last heard, also after it has gone; empty if never or long ago. */
  OptionalLong lastHeardNanos(String nodeId) {
    Long nanos = heardNanos.get(nodeId);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /** Returns whether less than a majority has been heard lately. */
  boolean isFenced(long nowNanos) {
    Deadline now = deadline;
    return now.never || (!now.always && nowNanos - now.nanos >= 0);
  }

  /** Returns how many voters are heard, this node included if it votes. */
  int heard(long nowNanos) {
    int others = (int) voters.stream()
        .filter(heardNanos::containsKey)
        .filter(voter -> nowNanos - heardNanos.get(voter) < FENCE_NANOS)
        .count();
    return others + (selfVotes ? 1 : 0);
  }

  /** The instant until which enough voters count as heard: that of the last one needed. */
  private Deadline deadline() {
    if (!present) {
      return new Deadline(true, false, 0);
    }
    int needed = quorum - (selfVotes ? 1 : 0);
    if (needed <= 0) {
      return new Deadline(false, true, 0);
    }
    List<Long> heard = voters.stream()
        .filter(heardNanos::containsKey)
        .map(heardNanos::get)
        .sorted(Comparator.<Long>naturalOrder().reversed())
        .toList();
    return heard.size() < needed
        ? new Deadline(true, false, 0)
        : new Deadline(false, false, heard.get(needed - 1) + FENCE_NANOS);
  }

  private record Deadline(boolean never, boolean always, long nanos) {}
}
