package io.candlehub.bus;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * How a node's connection to its {@link FanoutCarrier} is.
 *
 * @param mode the value of {@code fanout.mode}
 * @param connected whether messages get through
 * @param reason why not, in words that name no secret; empty if they do
 */
public record CarrierState(String mode, boolean connected, String reason) {
  /** Checks presence. */
  public CarrierState {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(reason, "reason");
  }

  /** Returns the state as {@code /health/feeds} shows it. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("mode", mode)
        .put("state", connected ? "ok" : "failing")
        .put("reason", reason);
  }
}
