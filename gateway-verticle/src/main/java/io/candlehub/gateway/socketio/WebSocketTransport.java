package io.candlehub.gateway.socketio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.HttpServerConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the packets of one session over a WebSocket: one packet per message.
 *
 * <p>Back-pressure works both ways. What has been written and has not reached the network is counted in bytes by the
 * channel; above the mark the transport is blocked, and while it is, nothing is read either, so a client that only asks
 * and never listens cannot make the server pile up answers. Messages go straight to the channel and keep their order;
 * pongs and the close frame go through Vert.x' own queue, the latter after every message.
 *
 * <p>Threads: confined to the loop of the session, which after an upgrade need not be that of the socket.
 */
final class WebSocketTransport implements EngineTransport, WebSocketMessages.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);

  private static final int MAX_PINGS_WHILE_BLOCKED = 64;

  private final ServerWebSocket socket;
  private final HttpConnection connection;
  private final SocketIoOptions options;
  private final Loop loop;
  private final WebSocketMessages messages;
  private final ChannelHandlerContext channel;
  private FrameWriter writer;
  private Listener listener;
  private CloseReason outcome = CloseReason.CLIENT_CLOSED;
  private Loop.Timer closeTimer;
  private int pingsWhileBlocked;
  private boolean blocked;
  private boolean closing;
  private boolean closedByClient;
  private boolean gone;

  WebSocketTransport(
      ServerWebSocket socket, HttpConnection connection, SocketIoOptions options, Loop loop) {
    this.socket = socket;
    this.connection = connection;
    this.options = options;
    this.loop = loop;
    this.channel = ((HttpServerConnection) connection).channelHandlerContext();
    this.messages = new WebSocketMessages(options.maxPayloadBytes(), this);
  }

  @Override
  public String name() {
    return WEBSOCKET;
  }

  @Override
  public MultiMap headers() {
    return socket.headers();
  }

  @Override
  public void open(Listener session) {
    boolean opened = listener != null;
    listener = session;
    if (opened) {
      return;
    }
    writer = FrameWriter.of(channel, () -> loop.run(this::relieved));
    try {
      socket.setWriteQueueMaxSize(options.writeQueueBytes());
      SendBuffer.limit(connection);
      socket.drainHandler(done -> loop.run(this::relieved));
      socket.frameHandler(frame -> loop.run(() -> onFrame(frame)));
      socket.exceptionHandler(this::failed);
      socket.closeHandler(done -> loop.run(this::onGone));
      socket.resume();
    } catch (IllegalStateException e) {
      LOG.debug("WebSocket was closed before it was served");
      loop.execute(this::onGone);
    }
  }

  @Override
  public void sendText(String packet) {
    if (!closing && !gone) {
      writer.text(packet);
      written();
    }
  }

  @Override
  public void sendEvent(EncodedEvent event) {
    if (!closing && !gone) {
      writer.event(event);
      written();
    }
  }

  @Override
  public void sendBinary(Buffer message) {
    if (!closing && !gone) {
      writer.binary(message);
      written();
    }
  }

  @Override
  public boolean writable() {
    return !blocked && !closing && !gone;
  }

  @Override
  public void close(CloseReason reason) {
    if (closing || gone) {
      return;
    }
    closing = true;
    socket.resume();
    closeTimer = loop.schedule(options.closeTimeout().toMillis(), this::abort);
    socket
        .close((short) reason.status(), reason.text())
        .onFailure(e -> LOG.debug("close frame not sent [cause: {}]", e.toString()));
  }

  @Override
  public void abort() {
    if (gone) {
      return;
    }
    closing = true;
    HardClose.of(connection);
  }

  @Override
  public void text(String message) {
    listener.onText(message);
  }

  @Override
  public void binary(Buffer message) {
    listener.onBinary(message);
  }

  @Override
  public void refused(InvalidMessage fault, CloseReason reason) {
    listener.onInvalid(fault, reason);
  }

  private void onFrame(WebSocketFrame frame) {
    if (closing || closedByClient) {
      return;
    }
    switch (frame.type()) {
      case TEXT -> messages.begin(true, frame.binaryData(), frame.isFinal());
      case BINARY -> messages.begin(false, frame.binaryData(), frame.isFinal());
      case CONTINUATION -> messages.proceed(frame.binaryData(), frame.isFinal());
      case PING -> onPing();
      case PONG -> LOG.trace("pong without meaning here");
      case CLOSE -> closedByClient = true;
    }
  }

  /**
   * Counts the pings of a client that does not read: Vert.x answers them even while the socket is paused, so their pongs
   * would pile up.
   */
  private void onPing() {
    if (!blocked && socket.writeQueueFull()) {
      block();
    }
    if (blocked && ++pingsWhileBlocked > MAX_PINGS_WHILE_BLOCKED) {
      listener.onInvalid(
          new InvalidMessage(InvalidMessage.Kind.OUT_OF_TURN, "pings, and nothing is read"),
          CloseReason.SLOW_CLIENT);
      abort();
    }
  }

  /** Vert.x cuts the connection right after this call, on the socket's loop. */
  private void failed(Throwable cause) {
    if (!loop.inLoop() && cause instanceof CorruptedWebSocketFrameException corrupted) {
      socket
          .close((short) corrupted.closeStatus().code())
          .onFailure(e -> LOG.debug("close frame not sent [cause: {}]", e.toString()));
      flush();
    }
    loop.run(() -> onException(cause));
    flush();
  }

  /** Writes out what waits for the end of the read that is under way. */
  private void flush() {
    channel.flush();
  }

  private void onException(Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      int status = corrupted.closeStatus().code();
      boolean tooBig = status == CloseReason.TOO_BIG.status();
      listener.onInvalid(
          new InvalidMessage(
              tooBig ? InvalidMessage.Kind.TOO_BIG : InvalidMessage.Kind.MALFORMED,
              "WebSocket frame refused with status " + status),
          tooBig
              ? CloseReason.TOO_BIG
              : new CloseReason(DisconnectReasons.TRANSPORT_ERROR, status));
    } else if (!(cause instanceof HttpClosedException)) {
      LOG.debug("WebSocket failed [cause: {}]", cause.toString());
      outcome = CloseReason.TRANSPORT_ERROR;
    }
  }

  private void onGone() {
    gone = true;
    if (closeTimer != null) {
      closeTimer.cancel();
    }
    listener.onClosed(outcome);
  }

  private void written() {
    if (!blocked && !writer.writable()) {
      block();
    }
  }

  private void block() {
    blocked = true;
    pingsWhileBlocked = 0;
    socket.pause();
    listener.onBlocked();
  }

  private void unblock() {
    blocked = false;
    loop.execute(this::drained);
  }

  private void relieved() {
    if (blocked && !gone && writer.writable() && !clogged()) {
      unblock();
    }
  }

  /** Tells whether something beside our messages, which are pongs, waits in quantity. */
  private boolean clogged() {
    return !socket.isClosed() && socket.writeQueueFull();
  }

  private void drained() {
    if (!blocked && !closing && !gone) {
      listener.onDrained();
    }
    if (!blocked && !gone) {
      socket.resume();
    }
  }
}
