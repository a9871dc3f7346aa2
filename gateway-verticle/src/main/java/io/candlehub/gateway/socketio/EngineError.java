package io.candlehub.gateway.socketio;

import io.vertx.core.json.JsonObject;

/**
 * Why an Engine.IO request is refused before it touches a session.
 *
 * <p>Source: Engine.IO protocol 4, "Error codes" of the reference server.
 */
enum EngineError {
  UNKNOWN_TRANSPORT(0, 400, "Transport unknown"),
  UNKNOWN_SESSION(1, 400, "Session ID unknown"),
  BAD_HANDSHAKE_METHOD(2, 400, "Bad handshake method"),
  BAD_REQUEST(3, 400, "Bad request"),
  FORBIDDEN(4, 403, "Forbidden"),
  UNSUPPORTED_VERSION(5, 400, "Unsupported protocol version");

  private final int code;
  private final int status;
  private final String message;

  EngineError(int code, int status, String message) {
    this.code = code;
    this.status = status;
    this.message = message;
  }

  int code() {
    return code;
  }

  /** Returns the HTTP status of a plain refusal. */
  int status() {
    return status;
  }

  String message() {
    return message;
  }

  /** Renders the body of a plain HTTP refusal. */
  String json() {
    return json(message);
  }

  /** Renders the body of a plain HTTP refusal in words of the application. */
  String json(String words) {
    return new JsonObject().put("code", code).put("message", words).encode();
  }
}
