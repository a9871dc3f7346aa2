package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** A Socket.IO server on a free loopback port. */
final class LoopbackServer {

  private final Vertx vertx;
  private final SocketIoServer io;
  private final int port;

  private LoopbackServer(Vertx vertx, SocketIoServer io, int port) {
    this.vertx = vertx;
    this.io = io;
    this.port = port;
  }

  static LoopbackServer start(Vertx vertx, SocketIoOptions options, HttpServerOptions http)
      throws Exception {
    return start(vertx, options, http, EngineListener.NONE);
  }

  static LoopbackServer start(
      Vertx vertx, SocketIoOptions options, HttpServerOptions http, EngineListener listener)
      throws Exception {
    SocketIoServer io =
        new SocketIoServer(vertx, options, InstantSource.fixed(Instant.EPOCH), listener);
    Router router = Router.router(vertx);
    router.route(options.path() + "*").handler(io::handle);
    HttpServer server =
        await(vertx.createHttpServer(http).requestHandler(router).listen(0, "127.0.0.1"));
    return new LoopbackServer(vertx, io, server.actualPort());
  }

  /** Names a server that listens already. */
  static LoopbackServer of(Vertx vertx, SocketIoServer io, int port) {
    return new LoopbackServer(vertx, io, port);
  }

  /** Starts to connect a WebSocket. */
  Future<TestClient> connecting(String query) {
    return TestClient.connecting(vertx, port, "/socket.io/?" + query);
  }

  SocketIoServer io() {
    return io;
  }

  int port() {
    return port;
  }

  TestClient connect() throws Exception {
    return connect("EIO=4&transport=websocket");
  }

  TestClient connect(String query) throws Exception {
    return TestClient.connect(vertx, port, "/socket.io/?" + query);
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
