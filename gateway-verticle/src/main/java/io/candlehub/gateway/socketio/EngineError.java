package io.candlehub.gateway.socketio;

import io.vertx.core.json.JsonObject;

/**
 * Why an Engine.IO request is refused before it touches a session.
 *
 * <p>Source: Engine.IO protocol 4, "Error codes" of the reference server.
 */
enum EngineError {
  UNKNOWN_TRANSPORT(0, "Transport unknown"),
  UNKNOWN_SESSION(1, "Session ID unknown"),
  BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
  BAD_REQUEST(3, "Bad request"),
  UNSUPPORTED_VERSION(5, "Unsupported protocol version");

  private final int code;
  private final String message;

  EngineError(int code, String message) {
    this.code = code;
    this.message = message;
  }

  int code() {
    return code;
  }

  String message() {
    return message;
  }

  /** Renders the body of a plain HTTP refusal. */
  String json() {
    return new JsonObject().put("code", code).put("message", message).encode();
  }
}
