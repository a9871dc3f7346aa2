package io.candlehub.gateway.socketio;

/**
 * What was wrong with a client's message, told to {@link SocketIoSocket#onInvalid} before the connection is closed.
 *
 * @param kind the class of the fault
 * @param detail the fault in words; names positions and limits, never the client's data
 */
public record InvalidMessage(Kind kind, String detail) {

  /** The classes of faults. */
  public enum Kind {
    /** Not a packet: bad header, bad JSON, wrong payload for the type, bad attachment. */
    MALFORMED,
    /** A packet that is not allowed in the state of the connection. */
    OUT_OF_TURN,
    /** A message above the announced limit. */
    TOO_BIG
  }
}
