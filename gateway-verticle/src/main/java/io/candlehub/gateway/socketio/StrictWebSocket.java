package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A WebSocket that keeps to RFC 6455 where Vert.x' own messages do not: text is checked for UTF-8 across fragments, no
 * fragment is lost, faults end with their own close code, and a client that does not read is not read either. It is what
 * the WebSocket transport of {@link EngineServer} is made of, for applications with a protocol of their own.
 *
 * <p>Threads: confined to the event loop of its connection, where all its callbacks run; what sends or closes may be
 * called on any thread.
 *
 * <p>A blocked connection stays open for as long as the application lets it: {@link #writable()} and {@link #onDrain}
 * tell, {@link #cut} ends it.
 */
public final class StrictWebSocket {

  private final EngineTransport transport;
  private final Loop loop;
  private Consumer<String> textHandler = text -> {};
  private Consumer<Buffer> binaryHandler = bytes -> {};
  private Consumer<String> closeHandler = reason -> {};
  private Runnable drainHandler = () -> {};

  private StrictWebSocket(EngineTransport transport, Loop loop) {
    this.transport = transport;
    this.loop = loop;
  }

  /**
   * Accepts the WebSocket that a request asks for. The HTTP server needs the options that {@link EngineServer} names.
   *
   * @param vertx runs the timers
   * @param request the request, on its event loop
   * @param options of these, the sizes and the close timeout
   * @return the WebSocket; its handlers must be set at once. Fails if the request asks for none.
   */
  public static Future<StrictWebSocket> accept(
      Vertx vertx, HttpServerRequest request, SocketIoOptions options) {
    VertxLoop loop = new VertxLoop(vertx);
    HttpConnection connection = request.connection();
    return request.toWebSocket().map(socket -> {
      StrictWebSocket strict =
          new StrictWebSocket(new WebSocketTransport(socket, connection, options, loop), loop);
      strict.transport.open(strict.listener());
      return strict;
    });
  }

  /**
   * Returns the headers of the request.
   *
   * @return the headers, read only
   */
  public MultiMap headers() {
    return transport.headers();
  }

  /**
   * Sends a text message; dropped once the socket is closed.
   *
   * @param text the message
   */
  public void send(String text) {
    loop.run(() -> transport.sendText(text));
  }

  /**
   * Sends a binary message; dropped once the socket is closed.
   *
   * @param bytes the message, not changed afterwards
   */
  public void send(Buffer bytes) {
    loop.run(() -> transport.sendBinary(bytes));
  }

  /**
   * Tells whether little enough waits to be sent; on the event loop.
   *
   * @return false while the connection is blocked for writing, and once it is closed
   */
  public boolean writable() {
    return transport.writable();
  }

  /**
   * Closes the socket after what is queued.
   *
   * @param status the close code
   * @param reason the close reason, at most 123 bytes
   * @throws IllegalArgumentException if the reason is too long
   */
  public void close(int status, String reason) {
    CloseReason why = new CloseReason(reason, status);
    loop.run(() -> transport.close(why));
  }

  /** Cuts the connection, whatever is queued. */
  public void cut() {
    loop.run(transport::abort);
  }

  /**
   * Sets who gets text messages.
   *
   * @param handler takes a message
   * @return this socket
   */
  public StrictWebSocket onText(Consumer<String> handler) {
    textHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who gets binary messages.
   *
   * @param handler takes a message
   * @return this socket
   */
  public StrictWebSocket onBinary(Consumer<Buffer> handler) {
    binaryHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who is told when the socket is writable again.
   *
   * @param handler goes on sending
   * @return this socket
   */
  public StrictWebSocket onDrain(Runnable handler) {
    drainHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Sets who is told, once, that the connection is gone.
   *
   * @param handler takes the reason, one of {@link DisconnectReasons}
   * @return this socket
   */
  public StrictWebSocket onClose(Consumer<String> handler) {
    closeHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  private EngineTransport.Listener listener() {
    return new EngineTransport.Listener() {
      private String outcome = "";

      @Override
      public void onText(String packet) {
        textHandler.accept(packet);
      }

      @Override
      public void onBinary(Buffer message) {
        binaryHandler.accept(message);
      }

      @Override
      public void onInvalid(InvalidMessage fault, CloseReason reason) {
        outcome = reason.text();
        transport.close(reason);
      }

      @Override
      public void onBlocked() {
        // The application sees it by writable().
      }

      @Override
      public void onDrained() {
        drainHandler.run();
      }

      @Override
      public void onClosed(CloseReason reason) {
        closeHandler.accept(outcome.isEmpty() ? reason.text() : outcome);
      }
    };
  }
}
