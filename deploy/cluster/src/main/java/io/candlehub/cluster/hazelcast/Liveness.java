package io.candlehub.cluster.hazelcast;

import java.util.HashMap;
import java.util.Map;

/**
 * Which leases count as renewed, judged by this node's own nano clock alone: a lease has run out when whole reads of the
 * map have shown the same record for as long as the record says that a lease lasts.
 *
 * <p>Only time between two reads counts, from the end of one to the beginning of the next, and not more than
 * {@link #STEP_NANOS} of it: who slept, was cut off or has just come has seen nothing meanwhile. Confined to the loop.
 */
final class Liveness {
  /** Twice the time between two reads. */
  static final long STEP_NANOS = 2_000_000_000L;

  private final Map<String, Sighting> sightings = new HashMap<>();
  private boolean reading;
  private long readNanos;

  /**
   * All records have been read.
   *
   * @param sentNanos when they were asked for, by the nano clock
   * @param nowNanos the nano clock
   */
  void read(Map<String, LeaseRecord> records, long sentNanos, long nowNanos) {
    long step = reading ? Math.max(0, Math.min(STEP_NANOS, sentNanos - readNanos)) : 0;
    reading = true;
    readNanos = nowNanos;
    sightings.keySet().retainAll(records.keySet());
    records.forEach((key, record) -> sightings.merge(
        key,
        new Sighting(record, 0),
        (before, fresh) -> before.record.isSame(record)
            ? new Sighting(before.record, before.unchangedNanos + step)
            : fresh));
  }

  /** Forgets what was seen, as this node could not see. */
  void forget() {
    sightings.clear();
    reading = false;
  }

  /** Returns whether a lease may still be held as the record says; what was not seen for long enough may. */
  boolean isRenewed(String key, LeaseRecord record) {
    Sighting sighting = sightings.get(key);
    return sighting == null
        || !sighting.record.isSame(record)
        || sighting.unchangedNanos < record.ttlMillis() * 1_000_000;
  }

  private record Sighting(LeaseRecord record, long unchangedNanos) {}
}
