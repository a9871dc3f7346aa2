package io.candlehub.gateway.socketio;

import io.vertx.core.json.JsonArray;

/**
 * A complete Socket.IO packet of a client, valid for its type.
 *
 * @param type the type
 * @param namespace the namespace, starting with {@code /}
 * @param id the acknowledgement id, or {@link #NO_ID}
 * @param data the payload as the type wants it: nothing ({@link #NO_DATA}), a JsonObject, a JsonArray or a String
 */
record Packet(PacketType type, String namespace, long id, Object data) {

  /** The id of a packet without one. */
  static final long NO_ID = -1;

  /** The payload of a packet without one. */
  static final Object NO_DATA = "";

  /** Returns the payload of an event or acknowledgement. */
  JsonArray array() {
    return (JsonArray) data;
  }
}
