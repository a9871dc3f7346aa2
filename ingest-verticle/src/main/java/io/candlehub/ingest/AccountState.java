package io.candlehub.ingest;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;

/**
 * How an account does, for operators.
 *
 * @param id the provider's id
 * @param healthy false while it failed too often to be asked
 * @param errorsInARow errors since its last answer
 * @param lastError code of its last error, empty if there was none
 * @param lastErrorMillisAgo how long ago that was
 * @param busyMillis how long it still asks us for patience, 0 if it does not
 * @param p50Millis within which time half of its last answers were there, NaN if there are none
 * @param p95Millis the same for 95 of 100
 * @param streams what its connections do, by market
 */
public record AccountState(
    String id,
    boolean healthy,
    int errorsInARow,
    String lastError,
    long lastErrorMillisAgo,
    long busyMillis,
    double p50Millis,
    double p95Millis,
    Map<String, String> streams) {
  /** Checks presence and copies the map. */
  public AccountState {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(lastError, "lastError");
    streams = Map.copyOf(streams);
  }

  /** Returns the entry of {@code providers} on {@code /health/feeds}. */
  JsonObject toJson() {
    JsonObject json = new JsonObject()
        .put("id", id)
        .put("healthy", healthy)
        .put("errorsInARow", errorsInARow)
        .put("busyMs", busyMillis);
    if (!lastError.isEmpty()) {
      json.put("lastError", lastError).put("lastErrorMsAgo", lastErrorMillisAgo);
    }
    if (!Double.isNaN(p50Millis)) {
      json.put("p50Ms", tenths(p50Millis)).put("p95Ms", tenths(p95Millis));
    }
    JsonObject connections = new JsonObject();
    streams.forEach(connections::put);
    return json.put("streams", connections);
  }

  private static double tenths(double millis) {
    return Math.rint(millis * 10) / 10;
  }
}
