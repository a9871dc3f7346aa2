package io.candlehub.hub;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the way of events through the hub, once a frame, and what happens when a shard changes its node. Names and
 * tags are a public interface. Safe to use from any thread.
 */
final class HubHops {
  private final Clock clock;
  private final Timer merging;
  private final Timer publishing;
  private final Timer planned;
  private final Timer unplanned;
  private final Counter losses;
  private final AtomicInteger topics;
  private final AtomicInteger owners;

  HubHops(MeterRegistry registry) {
    clock = registry.config().clock();
    DescribedMeters described = new DescribedMeters(registry);
    merging = described.timer(
        "merge.delay",
        "Wall time from ingest's receipt of a frame until its events are in the candles");
    publishing = described.timer(
        "publish.delay",
        "From the merge of a frame until every update it caused was handed to the bus");
    planned = described.timer(
        "take.over", "From the right to a shard until it is served", "kind", "planned");
    unplanned = described.timer(
        "take.over", "From the right to a shard until it is served", "kind", "unplanned");
    losses = described.counter("feed.losses", "Times a shard's events were lost for good");
    topics = described.gauge("demand.topics", "Streams wanted of all hubs");
    owners = described.gauge("demand.owners", "Gateways and services that want streams");
  }

  /** Returns elapsed time. */
  long nanos() {
    return clock.monotonicTime();
  }

  /**
   * Measures a frame.
   *
   * @param underWayMillis from its receipt by ingest until it was here
   * @param mergeNanos how long it took to put its events into the candles
   * @param publishNanos how long it took to publish what they changed
   */
  void frame(long underWayMillis, long mergeNanos, long publishNanos) {
    merging.record(
        TimeUnit.MILLISECONDS.toNanos(underWayMillis) + mergeNanos, TimeUnit.NANOSECONDS);
    publishing.record(publishNanos, TimeUnit.NANOSECONDS);
  }

  /** Measures how long it took to go on with a shard of another node. */
  void takenOver(boolean asPlanned, long nanos) {
    (asPlanned ? planned : unplanned).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts that events of a shard were lost for good, so that the history is asked for their time. */
  void lost() {
    losses.increment();
  }

  /** Tells how many topics are wanted here, and by how many. */
  void demand(int topicsNow, int ownersNow) {
    topics.set(topicsNow);
    owners.set(ownersNow);
  }
}
