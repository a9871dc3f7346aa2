package io.candlehub.bench;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the clients of one server have seen. Confined to their event loop. */
final class LoadCounts {
  private Histogram ageMicros = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
  private final ConnectionCounts connections = new ConnectionCounts();
  private int served;
  private long messages;
  private long updates;
  private long bytes;
  private long gaps;

  /** Forgets what was received; connections stay as they are. */
  void reset() {
    ageMicros = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    messages = 0;
    updates = 0;
    bytes = 0;
    gaps = 0;
    served = 0;
  }

  ConnectionCounts connections() {
    return connections;
  }

  /** Takes the first update of a connection since the reset. */
  void served() {
    served++;
  }

  void gap() {
    gaps++;
  }

  /**
   * Takes a message with updates.
   *
   * @param carried how many updates it stands for
   * @param wireBytes its bytes, the frame's head included
   * @param micros age of the newest update in it
   */
  void message(long carried, int wireBytes, long micros) {
    messages++;
    updates += carried;
    bytes += wireBytes;
    ageMicros.recordValue(Math.max(0, Math.min(micros, ageMicros.getHighestTrackableValue())));
  }

  JsonObject toJson() {
    return connections
        .toJson()
        .put("served", served)
        .put("messages", messages)
        .put("updates", updates)
        .put("bytes", bytes)
        .put("gaps", gaps)
        .put("p50", ageMicros.getValueAtPercentile(50))
        .put("p99", ageMicros.getValueAtPercentile(99));
  }
}
