package io.candlehub.gateway.socketio;

import java.util.Set;

/**
 * The event names that belong to the protocol and that no application may send.
 *
 * <p>Source: "Emit cheatsheet", reserved events, of the Socket.IO documentation.
 */
final class EventNames {

  private static final Set<String> RESERVED = Set.of(
      "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

  private EventNames() {}

  static boolean isReserved(String event) {
    return RESERVED.contains(event);
  }

  static String requireFree(String event) {
    if (isReserved(event)) {
      throw new IllegalArgumentException("event name is reserved [event: " + event + "]");
    }
    return event;
  }
}
