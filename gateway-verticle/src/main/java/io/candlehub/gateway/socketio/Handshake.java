package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;

/**
 * Who asks to join a namespace, and how.
 *
 * @param uri path and query of the connection's first request, as sent
 * @param headers the headers of the connection's first request; read only
 * @param query the query of the connection's first request, the protocol's own parameters included; read only
 * @param auth the payload of the CONNECT packet, empty if the client sent none or was not asked yet
 * @param remoteAddress the client's address, after the forwarding rules of the application's router
 * @param secure whether the connection is encrypted
 * @param time when the connection was accepted
 */
public record Handshake(
    String uri,
    MultiMap headers,
    MultiMap query,
    JsonObject auth,
    SocketAddress remoteAddress,
    boolean secure,
    Instant time) {

  Handshake withAuth(JsonObject newAuth) {
    return new Handshake(uri, headers, query, newAuth, remoteAddress, secure, time);
  }

  /** Names the caller without the secrets that headers, query and auth may hold. */
  @Override
  public String toString() {
    return "Handshake[remoteAddress=" + remoteAddress + ", secure=" + secure + ", time=" + time
        + "]";
  }
}
