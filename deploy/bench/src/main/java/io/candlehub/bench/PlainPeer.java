package io.candlehub.bench;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The floor: a loop that writes one ready text to every WebSocket, on one event loop. The path names the stream. */
final class PlainPeer extends VerticlePeer {
  private final Map<String, List<ServerWebSocket>> sockets = new HashMap<>();

  @Override
  HttpServer server() {
    return vertx.createHttpServer().webSocketHandler(socket -> {
      List<ServerWebSocket> stream =
          sockets.computeIfAbsent(socket.path().substring(1), absent -> new ArrayList<>());
      stream.add(socket);
      socket.closeHandler(closed -> stream.remove(socket));
    });
  }

  @Override
  public void publish(String stream, long seq, String json) {
    String text = "42[\"chart:update\"," + json + "]";
    context.runOnContext(now ->
        sockets.getOrDefault(stream, List.of()).forEach(socket -> socket.writeTextMessage(text)));
  }
}
