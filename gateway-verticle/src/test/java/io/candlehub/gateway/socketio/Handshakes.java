package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;

/** Handshakes of clients that never asked over a network. */
final class Handshakes {
  private Handshakes() {}

  /** Returns that of a client on loopback which sent nothing but the path. */
  static Handshake plain() {
    return new Handshake(
        "/socket.io/",
        MultiMap.caseInsensitiveMultiMap(),
        MultiMap.caseInsensitiveMultiMap(),
        new JsonObject(),
        SocketAddress.inetSocketAddress(1, "127.0.0.1"),
        false,
        Instant.EPOCH);
  }
}
