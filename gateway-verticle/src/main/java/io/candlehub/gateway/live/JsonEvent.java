package io.candlehub.gateway.live;

import io.candlehub.gateway.socketio.EncodedEvent;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.stream.ChainMessage;
import io.candlehub.gateway.stream.Encoded;
import io.candlehub.gateway.stream.Encoding;
import io.candlehub.gateway.stream.Trades;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** All but charts as events whose argument is the hub's JSON as it came. */
final class JsonEvent {
  static final Encoding<Buffer, EncodedEvent> QUOTE = json -> encoded("live:quote", json);
  /** Alerts are few and kept, so their bytes are not shared. */
  static final Encoding<Buffer, EncodedEvent> ALERT =
      json -> new Encoded<>(EncodedEvent.of(Namespace.MAIN, "market:alert", json), json.length());

  /** Unusual trades are few and kept too. */
  static final Encoding<Buffer, EncodedEvent> FLOW =
      json -> new Encoded<>(EncodedEvent.of(Namespace.MAIN, "flow:update", json), json.length());

  static final Encoding<Trades, EncodedEvent> TRADES =
      trades -> encoded("live:trades", trades.toJson().toBuffer());

  static final Encoding<ChainMessage, EncodedEvent> CHAIN = message -> encoded(
      message.isSnapshot() ? "chain:snapshot" : "chain:update", message.body().toBuffer());

  static final Encoding<JsonObject, EncodedEvent> STATUS =
      json -> encoded("market:status", json.toBuffer());

  private JsonEvent() {}

  /** Returns an event whose bytes all clients share that get it. */
  static Encoded<EncodedEvent> encoded(String event, Buffer json) {
    EncodedEvent shared = EncodedEvent.of(Namespace.MAIN, event, json).share();
    return new Encoded<>(shared, json.length(), shared::release);
  }
}
