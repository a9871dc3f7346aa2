package io.candlehub.gateway.socketio;

import io.vertx.core.json.JsonObject;

/**
 * Refuses a client the namespace it asks for; message and data go to the client as its {@code connect_error}.
 *
 * <p>Any other failure of {@link Namespace#authorise} refuses as well, but tells the client nothing of its cause.
 */
public final class ConnectRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient JsonObject data;

  /**
   * Refuses with a message and data.
   *
   * @param message the message of the client's error
   * @param data the {@code data} of the client's error; empty for none
   */
  public ConnectRefusedException(String message, JsonObject data) {
    super(message, null, false, false);
    this.data = data.copy();
  }

  /**
   * Returns what the client gets as {@code data}.
   *
   * @return the data, empty for none
   */
  public JsonObject data() {
    return data == null ? new JsonObject() : data.copy();
  }

  JsonObject payload() {
    JsonObject payload = new JsonObject().put("message", getMessage());
    JsonObject details = data();
    return details.isEmpty() ? payload : payload.put("data", details);
  }
}
