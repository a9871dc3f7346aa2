package io.candlehub.gateway.socketio;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(EngineHandshake.class);

  /** Reads a request; a query that cannot be decoded is none. */
  static EngineHandshake of(HttpServerRequest request) {
    Map<String, String> query = new HashMap<>();
    try {
      request.params().forEach((name, value) -> query.putIfAbsent(name, value));
    } catch (IllegalArgumentException e) {
      LOG.debug("query cannot be decoded [cause: {}]", e.getMessage());
    }
    return new EngineHandshake(
        request.method(),
        request.canUpgradeToWebSocket(),
        query,
        Optional.ofNullable(request.getHeader("Origin")).orElse(""));
  }

  /**
   * Judges the request in the order of the reference server: transport, origin characters, session, transport of the
   * session, method, upgrade, version. The application is to be asked before the version is judged.
   *
   * @param transportOf the transport of the open session with an id
   * @return why the request is refused, or empty
   */
  Optional<EngineError> refusal(Function<String, Optional<String>> transportOf) {
    String transport = query.getOrDefault("transport", "");
    boolean polling = transport.equals(EngineTransport.POLLING);
    if (!polling && !transport.equals(EngineTransport.WEBSOCKET)) {
      return Optional.of(EngineError.UNKNOWN_TRANSPORT);
    }
    if (!hasValidOrigin()) {
      return Optional.of(EngineError.BAD_REQUEST);
    }
    if (namesSession()) {
      Optional<String> current = transportOf.apply(sid());
      if (current.isEmpty()) {
        return Optional.of(EngineError.UNKNOWN_SESSION);
      }
      boolean fits = upgrade ? !polling : transport.equals(current.get());
      return fits && (polling || upgrade) ? Optional.empty() : Optional.of(EngineError.BAD_REQUEST);
    }
    if (!HttpMethod.GET.equals(method)) {
      return Optional.of(EngineError.BAD_HANDSHAKE_METHOD);
    }
    return polling == upgrade ? Optional.of(EngineError.BAD_REQUEST) : Optional.empty();
  }

  /** Tells whether the request speaks our version of the protocol. */
  boolean hasKnownVersion() {
    return "4".equals(query.get("EIO"));
  }

  /** Tells whether the request comes from a client of Socket.IO 2, which can be told so in its own language. */
  boolean isLegacy() {
    return "3".equals(query.get("EIO"));
  }

  /** Tells whether the request names a session instead of asking for a new one. */
  boolean namesSession() {
    return query.containsKey("sid");
  }

  /** Returns the id of the session that the request names, or an empty text. */
  String sid() {
    return query.getOrDefault("sid", "");
  }

  private boolean hasValidOrigin() {
    return origin.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c != 0x7f && c <= 0xff));
  }
}
