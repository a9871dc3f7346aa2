package io.candlehub.bench;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Recorder;

/** A browser's part of the protocol, no more: joins, focuses charts, answers pings and takes the time of updates. */
final class ChartClient {
  private static final String UPDATE = "42[\"chart:update\",";

  private final FeedTap tap;
  private final Recorder latency;
  private final List<String> symbols;
  private final Map<String, FeedTap.Key> seen = new HashMap<>();

  ChartClient(FeedTap tap, Recorder latency, List<String> symbols) {
    this.tap = tap;
    this.latency = latency;
    this.symbols = symbols;
  }

  Future<WebSocket> connect(WebSocketClient client, String url) {
    URI uri = URI.create(url);
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setHost(uri.getHost())
        .setPort(uri.getPort())
        .setURI("/socket.io/?EIO=4&transport=websocket");
    return client
        .connect(options)
        .onSuccess(socket -> socket.textMessageHandler(text -> receive(socket, text)));
  }

  private void receive(WebSocket socket, String text) {
    long now = System.nanoTime();
    if (text.startsWith(UPDATE)) {
      measure(text, now);
    } else if (text.equals("2")) {
      socket.writeTextMessage("3");
    } else if (text.startsWith("0")) {
      socket.writeTextMessage("40");
    } else if (text.startsWith("40")) {
      symbols.forEach(symbol -> socket.writeTextMessage("42" + focus(symbol).encode()));
    }
  }

  private static JsonArray focus(String symbol) {
    return new JsonArray()
        .add("chart:focus")
        .add(new JsonObject().put("symbol", symbol).put("timeframe", "1m").put("chartId", symbol));
  }

  private void measure(String text, long nowNanos) {
    JsonObject update = new JsonArray(text.substring(2)).getJsonObject(1);
    JsonArray bars = update.getJsonArray("bars");
    if (bars.isEmpty()) {
      return;
    }
    JsonObject bar = bars.getJsonObject(bars.size() - 1);
    if (!"live".equals(bar.getString("state"))) {
      return;
    }
    FeedTap.Key key =
        new FeedTap.Key(update.getString("symbol"), bar.getLong("t"), bar.getDouble("v"));
    if (key.equals(seen.put(key.symbol(), key))) {
      return; // the same volume again: something else of the bar changed
    }
    long sent = tap.sentNanos(key);
    if (sent > 0) {
      latency.recordValue(nowNanos - sent);
    }
  }
}
