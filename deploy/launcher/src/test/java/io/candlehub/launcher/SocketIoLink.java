package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A chart over Socket.IO, on either transport, spoken packet by packet. */
final class SocketIoLink implements ChartLink {
  private static final String SNAPSHOT = "42[\"chart:snapshot\",";
  private static final String UPDATE = "42[\"chart:update\",";
  private static final String ERROR = "42[\"chart:error\",";

  private final ChartInbox inbox = new ChartInbox();
  private final CompletableFuture<Void> joined = new CompletableFuture<>();
  private volatile Pipe pipe;

  private SocketIoLink() {}

  static SocketIoLink overWebSocket(HttpClient http, String url) throws Exception {
    SocketIoLink link = new SocketIoLink();
    return link.joined(
        WebSocketPipe.open(http, url + "/socket.io/?EIO=4&transport=websocket", link::received));
  }

  static SocketIoLink overPolling(String url) throws Exception {
    SocketIoLink link = new SocketIoLink();
    return link.joined(PollingPipe.open(url + "/socket.io/", link::received));
  }

  private SocketIoLink joined(Pipe opened) throws Exception {
    pipe = opened;
    pipe.send("40");
    joined.get(60, TimeUnit.SECONDS);
    return this;
  }

  @Override
  public void follow(String symbol, String timeframe, Optional<JsonObject> since) {
    JsonObject focus = new JsonObject().put("symbol", symbol).put("timeframe", timeframe);
    since.ifPresent(position -> focus.put("since", position));
    pipe.send("42[\"chart:focus\"," + focus.encode() + "]");
  }

  private void received(String packet) {
    inbox.read(packet);
    if (packet.equals("2")) {
      pipe.send("3");
    } else if (packet.startsWith("40")) {
      joined.complete(null);
    } else if (packet.startsWith(SNAPSHOT)) {
      arrived(true, packet.substring(SNAPSHOT.length(), packet.length() - 1));
    } else if (packet.startsWith(UPDATE)) {
      arrived(false, packet.substring(UPDATE.length(), packet.length() - 1));
    } else if (packet.startsWith(ERROR)) {
      throw new AssertionError(packet);
    }
  }

  private void arrived(boolean snapshot, String json) {
    inbox.add(new Arrival(snapshot, new JsonObject(json), json.length()));
  }

  @Override
  public Optional<Arrival> next(long millis) throws InterruptedException {
    return inbox.next(millis);
  }

  @Override
  public void cut() {
    pipe.cut();
  }

  @Override
  public void close() {
    pipe.send("1");
  }
}
