package io.candlehub.conformance;

import io.candlehub.gateway.socketio.ConnectRefusedException;
import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.socketio.SocketIoServer;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tests of Socket.IO's Java client expect. Confined to one event loop. */
final class JavaClientApp implements SuiteApp {
  private static final Logger LOG = LoggerFactory.getLogger(JavaClientApp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ECHOED_HEADER = "X-SocketIO";

  private final InstantSource clock;
  private String path = "";

  JavaClientApp(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions options = SocketIoOptions.defaults();
    path = options.path();
    SocketIoServer server = new SocketIoServer(vertx, options, clock, EngineListener.NONE);
    SharedNamespaces.add(server, path);
    server.namespace("/no").authorise(handshake -> refused());
    greet(server.namespace(Namespace.MAIN));
    greet(server.namespace("/foo"));
    router.route(path + "*").handler(JavaClientApp::echoHeader);
    Mounting.add(router, path, server::handle);
  }

  private static void echoHeader(RoutingContext ctx) {
    Optional.ofNullable(ctx.request().getHeader(ECHOED_HEADER))
        .ifPresent(value -> ctx.response().putHeader(ECHOED_HEADER, value));
    ctx.next();
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
      socket.on(
          "getHandshake", (args, ack) -> ack.send(HandshakeJson.of(socket.handshake(), path)));
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
