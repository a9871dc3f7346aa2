package io.candlehub.gateway.live;

import io.candlehub.gateway.socketio.EncodedEvent;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.stream.Encoded;
import io.candlehub.gateway.stream.Encoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Quotes, alerts and status as events whose argument is the hub's JSON as it came. */
final class JsonEvent {
  static final Encoding<Buffer, EncodedEvent> QUOTE = json -> encoded("live:quote", json);
  static final Encoding<Buffer, EncodedEvent> ALERT = json -> encoded("market:alert", json);
  static final Encoding<JsonObject, EncodedEvent> STATUS =
      json -> encoded("market:status", json.toBuffer());

  private JsonEvent() {}

  private static Encoded<EncodedEvent> encoded(String event, Buffer json) {
    return new Encoded<>(EncodedEvent.of(Namespace.MAIN, event, json), json.length());
  }
}
