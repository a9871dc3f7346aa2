package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One session of an {@link EngineServer}, for an application that speaks Engine.IO without Socket.IO.
 *
 * <p>Threads: confined to the event loop of its session, where all its callbacks run; the methods that send or close may
 * be called on any thread, in order per thread. A callback that throws ends this session and no other.
 *
 * <p>Nothing is dropped and nothing is bounded here: a caller who sends more than an answer looks at {@link #writable()}
 * first and goes on in {@link #onDrain}.
 */
public final class EngineSocket {

  private final EngineSession session;
  private final Handshake handshake;
  private Consumer<String> textHandler = text -> {};
  private Consumer<Buffer> binaryHandler = bytes -> {};
  private Consumer<InvalidMessage> invalidHandler = fault -> {};
  private Consumer<String> closeHandler = reason -> {};
  private Runnable drainHandler = () -> {};

  EngineSocket(EngineSession session, Handshake handshake) {
    this.session = session;
    this.handshake = handshake;
  }

  /**
   * Returns the id of the session, a secret between server and client.
   *
   * @return the id
   */
  public String id() {
    return session.sid();
  }

  /**
   * Returns how the client came.
   *
   * @return the handshake; its {@code auth} is empty
   */
  public Handshake handshake() {
    return handshake;
  }

  /**
   * Returns the transport that carries the session now.
   *
   * @return {@code polling} or {@code websocket}
   */
  public String transport() {
    return session.transport();
  }

  /**
   * Returns the headers of the request that carried the message that is being handled: of its POST, or of the WebSocket's
   * handshake.
   *
   * @return the headers, read only
   */
  public MultiMap carrierHeaders() {
    return session.carrierHeaders();
  }

  /**
   * Sends a text message; dropped once the session is closed.
   *
   * @param text the message; on polling it must not hold U+001E
   */
  public void send(String text) {
    Objects.requireNonNull(text, "text");
    session.loop().run(() -> session.send("4" + text));
  }

  /**
   * Sends a binary message; dropped once the session is closed.
   *
   * @param bytes the message, not changed afterwards
   */
  public void send(Buffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    session.loop().run(() -> session.send(bytes));
  }

  /**
   * Tells whether little enough waits to be sent.
   *
   * @return false while the connection is blocked for writing, and once the session is closed
   */
  public boolean writable() {
    return session.writable();
  }

  /** Closes the session. Does nothing if it is closed. */
  public void close() {
    session.loop().run(() -> session.close(CloseReason.FORCED));
  }

  /**
   * Sets who gets text messages.
   *
   * @param handler takes a message
   * @return this socket
   */
  public EngineSocket onText(Consumer<String> handler) {
    textHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who gets binary messages.
   *
   * @param handler takes a message
   * @return this socket
   */
  public EngineSocket onBinary(Consumer<Buffer> handler) {
    binaryHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who is told of a fault of the client, before its session is closed for it.
   *
   * @param handler takes the fault
   * @return this socket
   */
  public EngineSocket onInvalid(Consumer<InvalidMessage> handler) {
    invalidHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who is told when the session is writable again.
   *
   * @param handler goes on sending
   * @return this socket
   */
  public EngineSocket onDrain(Runnable handler) {
    drainHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who is told of the end of the session.
   *
   * @param handler takes the reason, one of {@link DisconnectReasons} or the one given to {@link EngineServer#close}
   * @return this socket
   */
  public EngineSocket onClose(Consumer<String> handler) {
    closeHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /** Returns what listens to the session for this socket. */
  EngineSession.Listener listener(Consumer<EngineSocket> greeting) {
    return new EngineSession.Listener() {
      @Override
      public void onOpen() {
        greeting.accept(EngineSocket.this);
      }

      @Override
      public void onMessage(String packet, int from) {
        textHandler.accept(packet.substring(from));
      }

      @Override
      public void onMessage(Buffer message) {
        binaryHandler.accept(message);
      }

      @Override
      public void onInvalid(InvalidMessage fault) {
        invalidHandler.accept(fault);
      }

      @Override
      public void onDrain() {
        drainHandler.run();
      }

      @Override
      public void onClose(CloseReason reason) {
        closeHandler.accept(reason.text());
      }
    };
  }
}
