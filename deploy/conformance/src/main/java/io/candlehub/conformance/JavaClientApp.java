package io.candlehub.conformance;

import io.candlehub.gateway.socketio.ConnectRefusedException;
import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.socketio.SocketIoServer;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tests of Socket.IO's Java client expect. Confined to one event loop. */
final class JavaClientApp implements SuiteApp {
  private static final Logger LOG = LoggerFactory.getLogger(JavaClientApp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ECHOED_HEADER = "X-SocketIO";

  private final InstantSource clock;

  JavaClientApp(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions options = SocketIoOptions.defaults();
    SocketIoServer server = new SocketIoServer(vertx, options, clock, EngineListener.NONE);
    SharedNamespaces.add(server);
    server.namespace("/no").authorise(handshake -> refused());
    greet(server.namespace(Namespace.MAIN));
    greet(server.namespace("/foo"));
    server.engine().onHeaders(JavaClientApp::echoHeader);
    Mounting.add(router, options.path(), server::handle);
  }

  private static void echoHeader(HttpServerRequest request, MultiMap headers, boolean first) {
    headers.add(ECHOED_HEADER, request.headers().getAll(ECHOED_HEADER));
  }

  private static Future<Void> refused() {
    return Future.failedFuture(new ConnectRefusedException(
        "auth failed", new JsonObject().put("a", "b").put("c", 3)));
  }

  private void greet(Namespace namespace) {
    Set<SocketIoSocket> members = new LinkedHashSet<>();
    namespace.onConnect(socket -> {
      members.add(socket);
      socket.onDisconnect(reason -> members.remove(socket));
      socket.emit("message", "hello client");
      socket.on("message", (args, ack) -> socket.emit("message", args.toArray()));
      socket.on("echo", (args, ack) -> socket.emit("echoBack", args.toArray()));
      socket.on(
          "broadcast",
          (args, ack) -> members.stream()
              .filter(member -> !member.equals(socket))
              .forEach(member -> member.emit("broadcastBack", args.toArray())));
      socket.on("room", (args, ack) -> socket.emit("roomBack", args.toArray()));
      socket.on("requestDisconnect", (args, ack) -> socket.disconnect(false));
      socket.on("getHandshake", (args, ack) -> ack.send(HandshakeJson.of(socket.handshake())));
      acknowledgements(socket);
    });
  }

  private void acknowledgements(SocketIoSocket socket) {
    socket.on("ack", (args, ack) -> ack.send(args.toArray()));
    socket.on("callAck", (args, ack) -> call(socket));
    socket.on("callAckBinary", (args, ack) -> call(socket));
    socket.on("getAckBinary", (args, ack) -> ack.send(Buffer.buffer("huehue")));
    socket.on("getAckDate", (args, ack) -> ack.send(HandshakeJson.date(clock.instant())));
  }

  private static void call(SocketIoSocket socket) {
    socket
        .emitWithAck("ack", PATIENCE)
        .onSuccess(answer -> socket.emit("ackBack", answer.toArray()))
        .onFailure(e -> LOG.debug("not acknowledged [cause: {}]", e.toString()));
  }
}
