package io.candlehub.gateway.stream;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * An expiration of a chain for a reader, whole or what changed.
 *
 * @param isSnapshot true if it replaces what the reader has
 * @param body its fields; not to be changed
 */
public record ChainMessage(boolean isSnapshot, JsonObject body) {
  /** Checks presence. */
  public ChainMessage {
    Objects.requireNonNull(body, "body");
  }

  /** Returns the word for it. */
  public String kind() {
    return isSnapshot ? "snapshot" : "update";
  }
}
