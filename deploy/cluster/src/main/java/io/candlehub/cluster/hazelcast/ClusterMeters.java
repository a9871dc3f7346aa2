package io.candlehub.cluster.hazelcast;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The cluster's numbers, all named {@code candlehub.cluster.*}. Safe to use from any thread. */
final class ClusterMeters {
  private static final String MOVES = "candlehub.cluster.moves";
  private static final String KIND = "kind";

  private final AtomicInteger members;
  private final AtomicInteger voters;
  private final AtomicInteger leases;
  private final AtomicInteger shards;
  private final AtomicInteger fencedNow;
  private final Counter planned;
  private final Counter takeOvers;
  private final Counter handedOver;
  private final Counter lost;
  private final Counter fences;
  private final Counter merges;
  private final Counter repairs;

  ClusterMeters(MeterRegistry registry) {
    members = registry.gauge("candlehub.cluster.members", new AtomicInteger());
    voters = registry.gauge("candlehub.cluster.voters", new AtomicInteger());
    leases = registry.gauge("candlehub.cluster.leases", new AtomicInteger());
    shards = registry.gauge("candlehub.cluster.shards", new AtomicInteger());
    fencedNow = registry.gauge("candlehub.cluster.fenced", new AtomicInteger(1));
    planned = registry.counter(MOVES, KIND, "planned");
    takeOvers = registry.counter(MOVES, KIND, "take-over");
    handedOver = registry.counter(MOVES, KIND, "handed-over");
    lost = registry.counter(MOVES, KIND, "lost");
    fences = registry.counter("candlehub.cluster.fences");
    merges = registry.counter("candlehub.cluster.merges");
    repairs = registry.counter("candlehub.cluster.repairs");
  }

  /** Tells how many members there are, and how many of them vote. */
  void members(int membersNow, int votersNow) {
    members.set(membersNow);
    voters.set(votersNow);
  }

  /** Tells how many leases and shards this node has. */
  void holdings(int leasesNow, int shardsNow) {
    leases.set(leasesNow);
    shards.set(shardsNow);
  }

  /** Counts a shard gained. */
  void gained(boolean plannedMove) {
    (plannedMove ? planned : takeOvers).increment();
  }

  /** Counts a shard handed over. */
  void handedOver() {
    handedOver.increment();
  }

  /** Counts a shard lost without warning. */
  void lost() {
    lost.increment();
  }

  /** Tells that the majority is no longer heard, or heard again. */
  void fenced(boolean now) {
    fencedNow.set(now ? 1 : 0);
    if (now) {
      fences.increment();
    }
  }

  /** Counts a merge of two halves. */
  void merged() {
    merges.increment();
  }

  /** Counts a repair of the registrations on the bus. */
  void repaired() {
    repairs.increment();
  }
}
