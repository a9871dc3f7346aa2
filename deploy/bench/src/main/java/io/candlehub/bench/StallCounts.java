package io.candlehub.bench;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the clients of the stall measurement have seen. Confined to their event loop. */
final class StallCounts {
  private Histogram ageMicros = ages();
  private Histogram currentMicros = ages();
  private final ConnectionCounts connections = new ConnectionCounts();
  private boolean measuring;
  private int current;
  private int unequal;
  private long mostBacklog;
  private long messages;
  private long updates;
  private long snapshots;
  private long duplicates;
  private long losses;
  private long wrong;
  private String slowest = "";

  private static Histogram ages() {
    return new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
  }

  /** Forgets the ages of what was received; faults stay. */
  void reset() {
    ageMicros = ages();
    messages = 0;
    updates = 0;
  }

  /** Says whether ages count from now on. */
  void measure(boolean now) {
    measuring = now;
  }

  ConnectionCounts connections() {
    return connections;
  }

  /** Forgets how long clients took to be current. */
  void resume() {
    currentMicros = ages();
    current = 0;
    mostBacklog = 0;
  }

  /**
   * Takes a client that has all that there was when it began to read again.
   *
   * @param whose what the client speaks
   * @param nanos how long it took
   * @param backlogBytes of all that had waited for it, wherever, and of what followed until it was current
   * @param equal whether its series are the canonical ones
   */
  void current(String whose, long nanos, long backlogBytes, boolean equal) {
    current++;
    if (TimeUnit.NANOSECONDS.toMicros(nanos) >= currentMicros.getMaxValue()) {
      slowest = whose;
    }
    mostBacklog = Math.max(mostBacklog, backlogBytes);
    currentMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
    if (!equal) {
      unequal++;
    }
  }

  /**
   * Takes a message.
   *
   * @param timed whether its client is one of those that read all the time
   */
  void message(ChartBook.Taken taken, boolean timed) {
    switch (taken.meaning()) {
      case SNAPSHOT -> snapshots++;
      case CONTINUED -> continued(taken, timed);
      case DUPLICATE -> duplicates++;
      case LOSS -> losses++;
      case WRONG -> wrong++;
      case UNCHANGED -> messages++;
    }
  }

  private void continued(ChartBook.Taken taken, boolean timed) {
    if (measuring && timed) {
      messages++;
      updates += taken.carried();
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime()) - taken.micros();
      ageMicros.recordValue(Math.max(0, Math.min(micros, ageMicros.getHighestTrackableValue())));
    }
  }

  JsonObject toJson() {
    return connections
        .toJson()
        .put("messages", messages)
        .put("updates", updates)
        .put("snapshots", snapshots)
        .put("duplicates", duplicates)
        .put("losses", losses)
        .put("wrong", wrong)
        .put("current", current)
        .put("unequal", unequal)
        .put("mostBacklog", mostBacklog)
        .put("currentP50", currentMicros.getValueAtPercentile(50))
        .put("slowest", slowest)
        .put("currentP99", currentMicros.getValueAtPercentile(99))
        .put("currentMax", currentMicros.getMaxValue())
        .put("p50", ageMicros.getValueAtPercentile(50))
        .put("p99", ageMicros.getValueAtPercentile(99));
  }
}
