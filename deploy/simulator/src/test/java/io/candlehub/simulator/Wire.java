package io.candlehub.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A socket client that keeps what it is told. */
final class Wire {
  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
  /** Kept, as a client that is not referred to any more closes its connections. */
  @SuppressWarnings("unused")
  private final WebSocketClient owner;

  private WebSocket socket;

  private Wire(WebSocketClient owner) {
    this.owner = owner;
  }

  static Wire open(Vertx vertx, WebSocketConnectOptions options) {
    WebSocketClient client =
        vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1 << 20));
    Wire wire = new Wire(client);
    wire.socket = Exchange.await(client.connect(options).map(socket -> {
      socket.textMessageHandler(wire::take);
      socket.closeHandler(v -> {
        Short code = socket.closeStatusCode();
        wire.closed.add(code == null ? -1 : code.intValue());
      });
      return socket;
    }));
    return wire;
  }

  private void take(String text) {
    try {
      for (Object item : new JsonArray(text)) {
        events.add(item instanceof JsonObject object ? object : new JsonObject().put("ev", "odd"));
      }
    } catch (DecodeException e) {
      events.add(new JsonObject().put("ev", "broken"));
    }
  }

  void say(String action, String params) {
    raw(new JsonObject().put("action", action).put("params", params).encode());
  }

  void raw(String text) {
    socket.writeTextMessage(text);
  }

  void pause() {
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  JsonObject next() {
    try {
      JsonObject event = events.poll(15, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("nothing came");
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Skips to the next event that fits. */
  JsonObject next(Predicate<JsonObject> fits) {
    JsonObject event = next();
    while (!fits.test(event)) {
      event = next();
    }
    return event;
  }

  /** Returns the message of the next status, after skipping data. */
  String status() {
    JsonObject status = next(event -> event.getString("ev").equals("status"));
    return status.getString("status") + ": " + status.getString("message");
  }

  /** Takes events until one fits, that one included. */
  List<JsonObject> until(Predicate<JsonObject> last) {
    List<JsonObject> taken = new ArrayList<>();
    do {
      taken.add(next());
    } while (!last.test(taken.get(taken.size() - 1)));
    return taken;
  }

  /** Waits for the end and returns the close code: -1 or 1006 without a close frame. */
  int end() {
    try {
      Integer code = closed.poll(15, TimeUnit.SECONDS);
      if (code == null) {
        throw new AssertionError("the socket stays open");
      }
      return code;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
