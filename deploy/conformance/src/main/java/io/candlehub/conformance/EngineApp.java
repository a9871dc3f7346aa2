package io.candlehub.conformance;

import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.EngineServer;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;

/** What the protocol suite of Engine.IO 4 expects: short timers and an echo of every message. */
final class EngineApp implements SuiteApp {
  private static final String PATH = "/engine.io/";
  private static final Duration PING_INTERVAL = Duration.ofMillis(300);
  private static final Duration PING_TIMEOUT = Duration.ofMillis(200);

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions options =
        SocketIoOptions.defaults().withPath(PATH).withHeartbeat(PING_INTERVAL, PING_TIMEOUT);
    EngineServer server = new EngineServer(vertx, options, Clock.systemUTC(), EngineListener.NONE)
        .onSession(socket -> socket.onText(socket::send).onBinary(socket::send));
    Mounting.add(router, PATH, server::handle);
  }
}
