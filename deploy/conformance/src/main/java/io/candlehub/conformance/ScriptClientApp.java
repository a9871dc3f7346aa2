package io.candlehub.conformance;

import io.candlehub.gateway.socketio.ConnectRefusedException;
import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.Handshake;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.socketio.RecoveryOptions;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.socketio.SocketIoServer;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What the tests of Socket.IO's JavaScript client expect. */
final class ScriptClientApp implements SuiteApp {
  private static final Duration PING_INTERVAL = Duration.ofSeconds(2);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
  private static final long HANDSHAKE_DELAY_MILLIS = 10;

  private final InstantSource clock;

  ScriptClientApp(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions options = SocketIoOptions.defaults()
        .withHeartbeat(PING_INTERVAL, PING_TIMEOUT)
        .withRecovery(RecoveryOptions.on());
    SocketIoServer server = new SocketIoServer(vertx, options, clock, EngineListener.NONE);
    SharedNamespaces.add(server);
    server
        .namespace("/foo")
        .onConnect(socket -> socket.on("getId", (args, ack) -> ack.send(socket.id())));
    server.namespace("/no").authorise(handshake -> refused("Auth failed (custom namespace)"));
    server
        .namespace(Namespace.MAIN)
        .authorise(ScriptClientApp::unlessToldToFail)
        .onConnect(this::greet);
    server.engine().authorise(handshake -> aWhile(vertx));
    Mounting.add(router, options.path(), server::handle);
  }

  /** The tests look at a client that is still connecting. */
  private static Future<Void> aWhile(Vertx vertx) {
    return vertx.timer(HANDSHAKE_DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Future<Void> unlessToldToFail(Handshake handshake) {
    return handshake.query().contains("fail")
        ? refused("Auth failed (main namespace)")
        : Future.succeededFuture();
  }

  private static Future<Void> refused(String message) {
    return Future.failedFuture(new ConnectRefusedException(message, new JsonObject()));
  }

  private void greet(SocketIoSocket socket) {
    socket.on("hi", (args, ack) -> socket.emit("hi"));
    socket.on("echo", (args, ack) -> ack.send(args.get(0)));
    socket.on("false", (args, ack) -> socket.emit("false", false));
    socket.on("getId", (args, ack) -> ack.send(socket.id()));
    socket.on("getHandshake", (args, ack) -> ack.send(HandshakeJson.of(socket.handshake())));
    Answers.dates(socket, clock);
    Answers.texts(socket);
    Answers.binary(socket);
    Answers.acknowledged(socket);
  }
}
