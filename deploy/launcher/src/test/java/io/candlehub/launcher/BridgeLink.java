package io.candlehub.launcher;

import io.candlehub.contract.Conversation;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A chart over the event-bus bridge. A position is asked for by command; the registration that makes the stream go on
 * begins with a snapshot, as the bridge does for everybody.
 */
final class BridgeLink implements ChartLink {
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Conversation conversation = new Conversation();
  private final AtomicReference<AssertionError> undocumented = new AtomicReference<>();
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
    conversation.sent(command);
    pipe.send(command);
  }

  private void received(String frame) {
    read(frame);
    JsonObject message = new JsonObject(frame);
    if (!message.getString("type").equals("rec")) {
      throw new AssertionError(frame);
    }
    JsonObject body = message.getJsonObject("body");
    arrivals.add(new Arrival(
        body.getString("kind").equals("snapshot"), body, body.encode().length()));
  }

  /** Holds what arrives against the documents; the fault is told to who waits for the next message. */
  private void read(String text) {
    try {
      conversation.received(text);
    } catch (AssertionError fault) {
      undocumented.compareAndSet(null, fault);
    }
  }

  @Override
  public Optional<Arrival> next(long millis) throws InterruptedException {
    if (undocumented.get() != null) {
      throw undocumented.get();
    }
    return Optional.ofNullable(arrivals.poll(millis, TimeUnit.MILLISECONDS));
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
