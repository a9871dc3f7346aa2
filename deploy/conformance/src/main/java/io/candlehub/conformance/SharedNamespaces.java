package io.candlehub.conformance;

import io.candlehub.gateway.socketio.SocketIoServer;
import java.util.List;

/** The namespaces that the tests of both clients join. */
final class SharedNamespaces {
  private static final List<String> SILENT = List.of("/timeout_socket", "/valid", "/asd");

  private SharedNamespaces() {}

  /** Adds them to a server. */
  static void add(SocketIoServer server) {
    SILENT.forEach(server::namespace);
    server
        .namespace("/abc")
        .onConnect(socket -> socket.emit("handshake", HandshakeJson.of(socket.handshake())));
  }
}
