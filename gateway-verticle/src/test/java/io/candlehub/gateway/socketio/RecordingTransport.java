package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A transport that keeps what it is given; the test plays the client. */
final class RecordingTransport implements EngineTransport {

  private final List<String> sent = new ArrayList<>();
  private Listener listener;
  private CloseReason closed;
  private boolean aborted;
  private boolean writable = true;

  @Override
  public String name() {
    return WEBSOCKET;
  }

  @Override
  public MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void open(Listener session) {
    listener = session;
  }

  @Override
  public void sendText(String packet) {
    sent.add(packet);
  }

  @Override
  public void sendBinary(Buffer message) {
    sent.add("bytes:" + message);
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public void close(CloseReason reason) {
    closed = reason;
  }

  @Override
  public void abort() {
    aborted = true;
    listener.onClosed(CloseReason.CLIENT_CLOSED);
  }

  Listener session() {
    return listener;
  }

  void receive(String... packets) {
    for (String packet : packets) {
      listener.onText(packet);
    }
  }

  void block() {
    writable = false;
    listener.onBlocked();
  }

  void drain() {
    writable = true;
    listener.onDrained();
  }

  /** Returns what was sent since the last call. */
  List<String> takeSent() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  boolean open() {
    return closed == null && !aborted;
  }

  int closeStatus() {
    return closed == null ? 0 : closed.status();
  }

  boolean aborted() {
    return aborted;
  }
}
