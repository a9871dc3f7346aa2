package io.candlehub.gateway.socketio;

/**
 * The reasons with which a socket ends; see {@link SocketIoSocket#onDisconnect}. A server that is closed adds its own
 * ({@link SocketIoServer#close}).
 */
public final class DisconnectReasons {

  /** The client closed its connection, or the network did. */
  public static final String TRANSPORT_CLOSE = "transport close";

  /** The client broke the transport's own protocol. */
  public static final String TRANSPORT_ERROR = "transport error";

  /** The client did not answer a ping in time. */
  public static final String PING_TIMEOUT = "ping timeout";

  /** The client sent something that is not a packet, or a packet out of turn. */
  public static final String PARSE_ERROR = "parse error";

  /** The client sent a message above the announced limit. */
  public static final String MESSAGE_TOO_BIG = "message too big";

  /** The client stayed blocked for writing longer than the stall limit. */
  public static final String SLOW_CLIENT = "SLOW_CLIENT";

  /** The client joined no namespace in time. */
  public static final String CONNECT_TIMEOUT = "connect timeout";

  /** The client left the namespace. */
  public static final String CLIENT_DISCONNECT = "client namespace disconnect";

  /** The application disconnected the socket. */
  public static final String SERVER_DISCONNECT = "server namespace disconnect";

  /** The application closed the whole connection. */
  public static final String FORCED_CLOSE = "forced close";

  /** The server failed in handling the connection. */
  public static final String SERVER_ERROR = "server error";

  private DisconnectReasons() {}
}
