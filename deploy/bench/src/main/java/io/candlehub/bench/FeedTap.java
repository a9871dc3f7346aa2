package io.candlehub.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands between the exchange and the program, passes every frame on and notes when each second bar was sent.
 *
 * <p>A client sees minute bars, not seconds: the note is kept under the volume that the minute has after the second, so
 * that the bar a client receives tells which second was the last one in it.
 */
final class FeedTap {
  private static final int MAX_FRAME = 8 << 20;
  private static final long MINUTE = 60_000;

  private final Vertx vertx;
  private final String exchangeUrl;
  private final ConcurrentMap<Key, Long> sentNanos = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Fold> folds = new ConcurrentHashMap<>();
  private final LongAdder seconds = new LongAdder();
  private HttpServer server;

  FeedTap(Vertx vertx, String exchangeUrl) {
    this.vertx = vertx;
    this.exchangeUrl = exchangeUrl;
  }

  /** Identifies a state of a minute bar: its symbol, start and the volume it has. */
  record Key(String symbol, long minute, double volume) {}

  private record Fold(long minute, double volume) {}

  Future<FeedTap> listen() {
    server = vertx.createHttpServer(new HttpServerOptions()
        .setMaxWebSocketFrameSize(MAX_FRAME)
        .setMaxWebSocketMessageSize(MAX_FRAME));
    server.webSocketHandler(this::connect);
    return server.listen(0, "127.0.0.1").map(this);
  }

  String url() {
    return "ws://127.0.0.1:" + server.actualPort();
  }

  /** Returns when the second that gave a bar its volume was sent, or 0 if unknown. */
  long sentNanos(Key key) {
    return sentNanos.getOrDefault(key, 0L);
  }

  /** Returns how many second bars were passed on. */
  long seconds() {
    return seconds.sum();
  }

  private void connect(ServerWebSocket program) {
    program.pause();
    WebSocketClient client = vertx.createWebSocketClient(
        new WebSocketClientOptions().setMaxFrameSize(MAX_FRAME).setMaxMessageSize(MAX_FRAME));
    client
        .connect(new WebSocketConnectOptions()
            .setAbsoluteURI(exchangeUrl + program.path())
            .setAllowOriginHeader(false))
        .onSuccess(exchange -> join(program, exchange))
        .onFailure(failure -> program.close());
  }

  private void join(ServerWebSocket program, WebSocket exchange) {
    exchange.textMessageHandler(text -> {
      List<Key> keys = keys(text);
      long nanos = System.nanoTime();
      keys.forEach(key -> sentNanos.put(key, nanos));
      program.writeTextMessage(text);
    });
    program.textMessageHandler(exchange::writeTextMessage);
    exchange.closeHandler(closed -> program.close());
    program.closeHandler(closed -> exchange.close());
    program.resume();
  }

  /** Returns which bars the seconds of a frame make; read before the clock, so that reading it costs no latency. */
  private List<Key> keys(String frame) {
    List<Key> keys = new ArrayList<>();
    for (Object item : new JsonArray(frame)) {
      JsonObject event = (JsonObject) item;
      if ("A".equals(event.getString("ev"))) {
        keys.add(key(event));
      }
    }
    seconds.add(keys.size());
    return keys;
  }

  private Key key(JsonObject event) {
    String symbol = event.getString("sym");
    long minute = Math.floorDiv(event.getLong("s"), MINUTE) * MINUTE;
    Fold before = folds.get(symbol);
    double volume =
        event.getDouble("v") + (before != null && before.minute == minute ? before.volume : 0);
    folds.put(symbol, new Fold(minute, volume));
    return new Key(symbol, minute, volume);
  }
}
