package io.candlehub.simulator.tradier;

import io.candlehub.simulator.stream.Receiver;
import io.netty.channel.Channel;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** One client's socket: what it wants, and the frame being gathered for it. Confined to one event loop. */
final class TradierSession implements Receiver {
  private static final int FRAME_CHARS = 30_000;
  private static final short NORMAL = 1000;

  private final ServerWebSocket socket;
  private final Gate gate;
  private final StringBuilder frame = new StringBuilder();
  private Wish wish = Wish.NOTHING;
  private String sessionId = "";
  private int gathered;
  private long unsentBytes;
  private boolean closed;

  TradierSession(ServerWebSocket socket, Gate gate) {
    this.socket = socket;
    this.gate = gate;
  }

  @Override
  public String market() {
    return TradierSockets.MARKET;
  }

  String sessionId() {
    return sessionId;
  }

  boolean isJoined() {
    return !sessionId.isEmpty();
  }

  boolean isClosed() {
    return closed;
  }

  Wish wish() {
    return wish;
  }

  /** Replaces all that is wanted. */
  void wants(String id, Wish replaced) {
    sessionId = id;
    wish = replaced;
  }

  @Override
  public void gather(String event) {
    frame.append(event);
    if (wish.linebreak()) {
      frame.append('\n');
    }
    gathered++;
    if (frame.length() >= FRAME_CHARS) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (gathered > 0) {
      String text = frame.toString();
      int events = gathered;
      frame.setLength(0);
      gathered = 0;
      write(text, events);
    }
  }

  @Override
  public void sendRaw(String text) {
    flush();
    write(text, 1);
  }

  /** Tells an error; the socket stays open. */
  void error(String message) {
    flush();
    write(new JsonObject().put("error", message).encode(), 0);
  }

  private void write(String text, int events) {
    if (closed || socket.isClosed() || !gate.mayWrite()) {
      return;
    }
    unsentBytes += text.length();
    gate.wrote(events, text.length());
    socket.writeTextMessage(text).onComplete(done -> unsentBytes -= text.length());
    if (unsentBytes > gate.mostUnsentBytes()) {
      cut();
    }
  }

  /** Closes in order. */
  void close() {
    closed = true;
    socket.close(NORMAL);
  }

  /** Drops the connection without a close frame, now. */
  @SuppressWarnings("FutureReturnValueIgnored") // the close handler tells when it is gone
  void cut() {
    closed = true;
    Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
    channel.pipeline().firstContext().close();
  }

  /** Marks the connection as gone. */
  void gone() {
    closed = true;
  }

  /**
   * What a client wants.
   *
   * @param tickers tickers of the market
   * @param filter kinds of events
   * @param linebreak true to end each event with a line break
   */
  record Wish(Set<String> tickers, Set<String> filter, boolean linebreak) {
    static final Wish NOTHING = new Wish(Set.of(), Set.of(), false);

    boolean holds(String kind, String ticker) {
      return filter.contains(kind) && tickers.contains(ticker);
    }
  }

  /** Decides what may be written. */
  interface Gate {
    /** Returns true unless nothing is to be sent at the moment. */
    boolean mayWrite();

    /** Counts a frame. */
    void wrote(int events, int bytes);

    /** Returns how much may wait for a client that does not read. */
    long mostUnsentBytes();
  }
}
