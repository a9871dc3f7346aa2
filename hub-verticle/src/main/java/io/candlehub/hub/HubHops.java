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
    merging = registry.timer("candlehub.hub.merge.delay");
    publishing = registry.timer("candlehub.hub.publish.delay");
    planned = registry.timer("candlehub.hub.take.over", "kind", "planned");
    unplanned = registry.timer("candlehub.hub.take.over", "kind", "unplanned");
    losses = registry.counter("candlehub.hub.feed.losses");
    topics = registry.gauge("candlehub.hub.demand.topics", new AtomicInteger());
    owners = registry.gauge("candlehub.hub.demand.owners", new AtomicInteger());
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
