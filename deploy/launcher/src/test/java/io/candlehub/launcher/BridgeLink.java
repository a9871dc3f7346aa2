package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.UUID;

/**
 * A chart over the event-bus bridge. A position is asked for by command; the registration that makes the stream go on
 * begins with a snapshot, as the bridge does for everybody.
 */
final class BridgeLink implements ChartLink {
  private final ChartInbox inbox = new ChartInbox();
  private WebSocketPipe pipe;

  private BridgeLink() {}

  static BridgeLink open(HttpClient http, String url) throws Exception {
    BridgeLink link = new BridgeLink();
    link.pipe = WebSocketPipe.open(http, url + "/eventbus/websocket", link::received);
    link.pipe.send(new JsonObject().put("type", "ping").encode());
    return link;
  }

  @Override
  public void follow(String symbol, String timeframe, Optional<JsonObject> since) {
    since.ifPresent(position -> ask(symbol, timeframe, position));
    pipe.send(new JsonObject()
        .put("type", "register")
        .put("address", "md.chart." + timeframe + "." + symbol)
        .put("headers", new JsonObject())
        .encode());
  }

  private void ask(String symbol, String timeframe, JsonObject since) {
    JsonObject question =
        new JsonObject().put("symbol", symbol).put("timeframe", timeframe).put("since", since);
    String command = new JsonObject()
        .put("type", "send")
        .put("address", "md.command.chart")
        .put("replyAddress", UUID.randomUUID().toString())
        .put("body", question)
        .encode();
    inbox.sent(command);
    pipe.send(command);
  }

  private void received(String frame) {
    inbox.read(frame);
    JsonObject message = new JsonObject(frame);
    if (!message.getString("type").equals("rec")) {
      throw new AssertionError(frame);
    }
    JsonObject body = message.getJsonObject("body");
    inbox.add(new Arrival(
        body.getString("kind").equals("snapshot"), body, body.encode().length()));
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
    pipe.cut();
  }
}
