package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;

/**
 * The answer to a request of the polling transport.
 *
 * @param status the HTTP status
 * @param contentType the type of the body
 * @param body the body
 * @param last whether the connection ends with it
 */
record HttpAnswer(int status, String contentType, Buffer body, boolean last) {

  private static final Buffer OK = Buffer.buffer("ok");

  /** Carries packets to a client. */
  static HttpAnswer packets(Buffer payload) {
    return new HttpAnswer(200, "text/plain; charset=UTF-8", payload, false);
  }

  /** Confirms a client's packets; not plain text, as some browsers load that. */
  static HttpAnswer ok() {
    return new HttpAnswer(200, "text/html", OK, false);
  }

  /** Refuses a request with an error of the protocol. */
  static HttpAnswer refusal(EngineError error) {
    return refusal(error.status(), error.json());
  }

  /** Refuses a request with an error object of the protocol's form. */
  static HttpAnswer refusal(int status, String json) {
    return new HttpAnswer(status, "application/json", Buffer.buffer(json), true);
  }
}
