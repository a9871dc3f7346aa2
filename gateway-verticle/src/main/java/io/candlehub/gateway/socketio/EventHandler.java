package io.candlehub.gateway.socketio;

import java.util.List;

/** Handles one event of a client. */
@FunctionalInterface
public interface EventHandler {

  /**
   * Handles an event; called on the socket's event loop, in the order of arrival. What it throws is logged, counted and
   * kept from the client, whose connection goes on.
   *
   * @param args the arguments after the event's name: JsonObject, JsonArray, String, Number, Boolean, Buffer, or null for
   *     the null of JSON; bytes inside an object or array are Buffers too, so read them with {@code getBuffer}
   * @param ack answers the event; does nothing if the client wants no answer
   */
  void handle(List<Object> args, Ack ack);
}
