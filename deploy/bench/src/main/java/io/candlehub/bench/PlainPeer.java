package io.candlehub.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The floor: a loop that writes one ready text to every WebSocket, on one event loop. The path names the stream. */
final class PlainPeer extends VerticleBase implements FanoutPeer {
  private final Map<String, List<ServerWebSocket>> sockets = new HashMap<>();
  private HttpServer server;

  @Override
  public int listen() {
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(this)
        .await();
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    server = vertx.createHttpServer().webSocketHandler(socket -> {
      List<ServerWebSocket> stream =
          sockets.computeIfAbsent(socket.path().substring(1), absent -> new ArrayList<>());
      stream.add(socket);
      socket.closeHandler(closed -> stream.remove(socket));
    });
    return server.listen(0, "127.0.0.1");
  }

  @Override
  public void publish(String stream, long seq, String json) {
    String text = "42[\"chart:update\"," + json + "]";
    context.runOnContext(now ->
        sockets.getOrDefault(stream, List.of()).forEach(socket -> socket.writeTextMessage(text)));
  }
}
