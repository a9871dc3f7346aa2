package io.candlehub.gateway.socketio;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a request to the Engine.IO path asks for, as far as the admission rules look at it.
 *
 * <p>Threads: immutable.
 *
 * @param method the HTTP method
 * @param upgrade whether the request asks for a WebSocket
 * @param query the first value of each query parameter
 * @param origin the {@code Origin} header, empty if there is none
 */
record EngineHandshake(
    HttpMethod method, boolean upgrade, Map<String, String> query, String origin) {

  private static final String WEBSOCKET = "websocket";

  /**
   * Judges the request in the order of the reference server: transport, origin characters, session, method, upgrade,
   * version.
   *
   * @param knownSession whether a session id belongs to an open session
   * @return why the request is refused, or empty if it may open a WebSocket
   */
  Optional<EngineError> refusal(Predicate<String> knownSession) {
    if (!WEBSOCKET.equals(query.get("transport"))) {
      return Optional.of(EngineError.UNKNOWN_TRANSPORT);
    }
    if (!hasValidOrigin()) {
      return Optional.of(EngineError.BAD_REQUEST);
    }
    if (namesSession()) {
      if (!knownSession.test(query.get("sid"))) {
        return Optional.of(EngineError.UNKNOWN_SESSION);
      }
      return upgrade ? Optional.empty() : Optional.of(EngineError.BAD_REQUEST);
    }
    if (!HttpMethod.GET.equals(method)) {
      return Optional.of(EngineError.BAD_HANDSHAKE_METHOD);
    }
    if (!upgrade) {
      return Optional.of(EngineError.BAD_REQUEST);
    }
    return "4".equals(query.get("EIO"))
        ? Optional.empty()
        : Optional.of(EngineError.UNSUPPORTED_VERSION);
  }

  /** Tells whether the request names a session instead of asking for a new one. */
  boolean namesSession() {
    return query.containsKey("sid");
  }

  private boolean hasValidOrigin() {
    return origin.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c != 0x7f && c <= 0xff));
  }
}
