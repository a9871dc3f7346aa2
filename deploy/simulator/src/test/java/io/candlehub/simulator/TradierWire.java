package io.candlehub.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of the broker's stream that asks for line breaks and keeps what it is told. */
final class TradierWire {
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
  /** Kept, as a client that is not referred to any more closes its connections. */
  @SuppressWarnings("unused")
  private final WebSocketClient owner;

  private WebSocket socket;

  private TradierWire(WebSocketClient owner) {
    this.owner = owner;
  }

  static TradierWire open(Vertx vertx, WebSocketConnectOptions options) {
    WebSocketClient client = vertx.createWebSocketClient();
    TradierWire wire = new TradierWire(client);
    wire.socket = Exchange.await(client.connect(options).map(socket -> {
      socket.textMessageHandler(wire::take);
      socket.closeHandler(v -> wire.closed.add(true));
      return socket;
    }));
    return wire;
  }

  private void take(String text) {
    frames.add(text);
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("{") && !line.contains("}{")) {
        events.add(new JsonObject(line));
      }
    }
  }

  void want(String sessionId, List<String> symbols, List<String> filter, boolean linebreak) {
    socket.writeTextMessage(new JsonObject()
        .put("symbols", new JsonArray(symbols))
        .put("sessionid", sessionId)
        .put("filter", new JsonArray(filter))
        .put("linebreak", linebreak)
        .encode());
  }

  JsonObject next(Predicate<JsonObject> fits) {
    JsonObject event = poll(events);
    while (!fits.test(event)) {
      event = poll(events);
    }
    return event;
  }

  JsonObject next(String type) {
    return next(event -> event.getString("type", "").equals(type));
  }

  String frame(Predicate<String> fits) {
    String frame = poll(frames);
    while (!fits.test(frame)) {
      frame = poll(frames);
    }
    return frame;
  }

  void end() {
    poll(closed);
  }

  private static <T> T poll(BlockingQueue<T> queue) {
    try {
      T found = queue.poll(15, TimeUnit.SECONDS);
      if (found == null) {
        throw new AssertionError("nothing came");
      }
      return found;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
