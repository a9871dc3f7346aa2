package io.candlehub.gateway.socketio;

/**
 * Hears what happens in a {@link SocketIoServer}, so that the application can count it.
 *
 * <p>Threads: called on the event loops of the connections, so on several at once if the server is shared; must not
 * block or throw.
 */
public interface EngineListener {

  /** A listener that counts nothing. */
  EngineListener NONE = new EngineListener() {};

  /** A session was opened. */
  default void connectionOpened() {}

  /**
   * A session was closed.
   *
   * @param reason one of {@link DisconnectReasons}, in particular {@link DisconnectReasons#SLOW_CLIENT}, or the reason
   *     given to {@link SocketIoServer#close}
   */
  default void connectionClosed(String reason) {}

  /**
   * A session was let in. With {@link #sessionGone} and {@link EngineServer#authorise} an application can limit what one
   * address may hold open: sessions on polling cost their client no connection.
   *
   * @param handshake how its client came
   */
  default void sessionOpened(Handshake handshake) {}

  /**
   * Nothing is left of a session that was let in; told once for each, on any thread.
   *
   * @param handshake how its client came
   */
  default void sessionGone(Handshake handshake) {}

  /**
   * A request was refused before it got a session.
   *
   * @param code the Engine.IO error code
   */
  default void handshakeRefused(int code) {}

  /** A client was refused a namespace, unknown or forbidden. */
  default void namespaceRefused() {}

  /** A message of a client arrived, heartbeats and attachments included. */
  default void packetReceived() {}

  /** A message was written to a client, heartbeats and attachments included. */
  default void packetSent() {}

  /**
   * A client's message was invalid; its connection is being closed.
   *
   * @param kind the class of the fault
   */
  default void messageInvalid(InvalidMessage.Kind kind) {}

  /** A connection became blocked for writing. */
  default void connectionBlocked() {}

  /** A callback of the application threw. */
  default void handlerFailed() {}
}
