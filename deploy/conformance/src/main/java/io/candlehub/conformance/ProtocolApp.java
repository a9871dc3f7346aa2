package io.candlehub.conformance;

import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.socketio.SocketIoServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;

/**
 * What the protocol suite of Socket.IO 5 expects: short timers, the namespaces {@code /} and {@code /custom} that tell
 * the payload of CONNECT, and an echo with and without acknowledgement.
 */
final class ProtocolApp implements SuiteApp {
  private static final Duration PING_INTERVAL = Duration.ofMillis(300);
  private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions defaults = SocketIoOptions.defaults();
    SocketIoOptions options = defaults
        .withHeartbeat(PING_INTERVAL, PING_TIMEOUT)
        .withTimeouts(CONNECT_TIMEOUT, defaults.stallLimit(), defaults.closeTimeout());
    SocketIoServer server =
        new SocketIoServer(vertx, options, Clock.systemUTC(), EngineListener.NONE);
    server
        .namespace("/custom")
        .onConnect(socket -> socket.emit("auth", socket.handshake().auth()));
    server.namespace(Namespace.MAIN).onConnect(socket -> {
      socket.emit("auth", socket.handshake().auth());
      socket.on("message", (args, ack) -> socket.emit("message-back", args.toArray()));
      socket.on("message-with-ack", (args, ack) -> ack.send(args.toArray()));
    });
    Mounting.add(router, options.path(), server::handle);
  }
}
