package io.candlehub.cluster.hazelcast;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The cluster's numbers, all named {@code candlehub.cluster.*}. Safe to use from any thread. */
final class ClusterMeters {
  private static final String PREFIX = "candlehub.cluster.";

  private final MeterRegistry registry;
  private final AtomicInteger members;
  private final AtomicInteger voters;
  private final AtomicInteger leases;
  private final AtomicInteger fencedNow;
  private final Counter planned;
  private final Counter takeOvers;
  private final Counter handedOver;
  private final Counter lost;
  private final Counter fences;
  private final Counter merges;
  private final Counter repairs;

  ClusterMeters(MeterRegistry registry) {
    this.registry = registry;
    members = gauge("members", "Nodes this one sees, itself included");
    voters = gauge("voters", "Of them, those that count for the majority");
    leases = gauge("leases", "Leases this node holds, shards included");
    fencedNow = gauge("fenced", "1 while this node hears no majority");
    fencedNow.set(1);
    planned = move("planned");
    takeOvers = move("take-over");
    handedOver = move("handed-over");
    lost = move("lost");
    fences = counter("fences", "Times this node ceased to hear a majority");
    merges = counter("merges", "Merges of two halves of the cluster");
    repairs = counter("repairs", "Times this node's registrations on the bus were published again");
  }

  private Counter move(String kind) {
    return counter("moves", "Shards gained, handed over or lost", "kind", kind);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  private AtomicInteger gauge(String name, String description) {
    AtomicInteger level = new AtomicInteger();
    Gauge.builder(PREFIX + name, level, AtomicInteger::get)
        .description(description)
        .register(registry);
    return level;
  }

  /** Tells how many members there are, and how many of them vote. */
  void members(int membersNow, int votersNow) {
    members.set(membersNow);
    voters.set(votersNow);
  }

  /** Tells how many leases this node has. */
  void leases(int leasesNow) {
    leases.set(leasesNow);
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
