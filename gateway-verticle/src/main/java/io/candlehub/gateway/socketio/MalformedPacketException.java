package io.candlehub.gateway.socketio;

/** Says that a client's message is not a packet; the message names the rule and never the client's data. */
final class MalformedPacketException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedPacketException(String message) {
    super(message, null, false, false);
  }
}
