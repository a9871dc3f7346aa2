package io.candlehub.gateway.socketio;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Why a connection ends, in words and as a WebSocket close code.
 *
 * <p>Source of the codes: RFC 6455, section 7.4.1.
 *
 * @param text what {@link SocketIoSocket#onDisconnect} reports
 * @param status the close code sent to the client
 */
record CloseReason(String text, int status) {

  static final CloseReason CLIENT_CLOSED = new CloseReason(DisconnectReasons.TRANSPORT_CLOSE, 1000);
  static final CloseReason TRANSPORT_ERROR =
      new CloseReason(DisconnectReasons.TRANSPORT_ERROR, 1002);
  static final CloseReason PING_TIMEOUT = new CloseReason(DisconnectReasons.PING_TIMEOUT, 1000);
  static final CloseReason PARSE_ERROR = new CloseReason(DisconnectReasons.PARSE_ERROR, 1008);
  static final CloseReason NOT_UTF8 = new CloseReason(DisconnectReasons.PARSE_ERROR, 1007);
  static final CloseReason TOO_BIG = new CloseReason(DisconnectReasons.MESSAGE_TOO_BIG, 1009);
  static final CloseReason SLOW_CLIENT = new CloseReason(DisconnectReasons.SLOW_CLIENT, 1008);
  static final CloseReason FORCED = new CloseReason(DisconnectReasons.FORCED_CLOSE, 1000);
  static final CloseReason CONNECT_TIMEOUT =
      new CloseReason(DisconnectReasons.CONNECT_TIMEOUT, 1008);
  static final CloseReason SERVER_ERROR = new CloseReason(DisconnectReasons.SERVER_ERROR, 1011);

  private static final int GOING_AWAY = 1001;

  /** The most bytes a close frame can carry next to its code, RFC 6455, section 5.5. */
  private static final int MAX_TEXT_BYTES = 123;

  CloseReason {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
      throw new IllegalArgumentException(
          "close reason is longer than 123 bytes [reason: " + text + "]");
    }
  }

  /** Tells whether the client broke a rule. */
  boolean isFault() {
    return equals(PARSE_ERROR) || List.of(1002, 1007, 1009).contains(status);
  }

  /** Tells whether the client may come back for what it misses: it was lost, and neither left nor broke a rule. */
  boolean isRecoverable() {
    return List.of(CLIENT_CLOSED, TRANSPORT_ERROR, PING_TIMEOUT, SLOW_CLIENT, FORCED)
        .contains(this);
  }

  /** Tells whether it is the server that ends an orderly session, so that the client is waited for to hear of it. */
  boolean awaitsPoll() {
    return status == GOING_AWAY
        || equals(FORCED)
        || equals(CONNECT_TIMEOUT)
        || equals(SERVER_ERROR);
  }

  /** Returns the reason of a server that goes away. */
  static CloseReason goingAway(String text) {
    return new CloseReason(text, GOING_AWAY);
  }
}
