package io.candlehub.simulator.stream;

import io.netty.channel.Channel;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One client's socket: what it has subscribed to, the frame being gathered for it, and how much of what was written has
 * not left yet. Confined to one event loop.
 */
final class StreamSession implements Receiver {
  private static final int FRAME_CHARS = 60_000;
  private static final int FRAME_EVENTS = 500;
  private static final int FRAME_STATUSES = 100;
  private static final short POLICY_VIOLATION = 1008;

  private final ServerWebSocket socket;
  private final String market;
  private final long delayMillis;
  private final Gate gate;
  private final Set<Topic> topics = new LinkedHashSet<>();
  private final Set<String> wildcards = new LinkedHashSet<>();
  private final StringBuilder frame = new StringBuilder();
  private int gathered;
  private long unsentBytes;
  private boolean authenticated;
  private boolean delayedOnly;
  private boolean closed;

  StreamSession(ServerWebSocket socket, String market, long delayMillis, Gate gate) {
    this.socket = socket;
    this.market = market;
    this.delayMillis = delayMillis;
    this.gate = gate;
  }

  @Override
  public String market() {
    return market;
  }

  long delayMillis() {
    return delayMillis;
  }

  boolean isAuthenticated() {
    return authenticated;
  }

  void authenticated() {
    authenticated = true;
  }

  boolean isDelayedOnly() {
    return delayedOnly;
  }

  void delayedOnly() {
    delayedOnly = true;
  }

  boolean isClosed() {
    return closed;
  }

  Set<Topic> topics() {
    return topics;
  }

  /** Adds a topic; returns false if it was held already. */
  boolean add(Topic topic) {
    if (topic.isWildcard()) {
      wildcards.add(topic.channel());
    }
    return topics.add(topic);
  }

  /** Removes a topic; returns false if it was not held. */
  boolean remove(Topic topic) {
    if (topic.isWildcard()) {
      wildcards.remove(topic.channel());
    }
    return topics.remove(topic);
  }

  /** Returns true if an event of a topic is for this client. */
  boolean wants(Topic topic) {
    return topic.isOn(market) && (wildcards.contains(topic.channel()) || topics.contains(topic));
  }

  @Override
  public void gather(String event) {
    if (gathered > 0) {
      frame.append(',');
    } else {
      frame.append('[');
    }
    frame.append(event);
    gathered++;
    if (gathered >= FRAME_EVENTS || frame.length() >= FRAME_CHARS) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (gathered > 0) {
      String text = frame.append(']').toString();
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

  /** Sends one status in a frame of its own. */
  void status(String status, String message) {
    flush();
    write("[" + statusJson(status, message) + "]", 0);
  }

  /** Sends several statuses, many in one frame. */
  void statuses(List<Status> statuses) {
    flush();
    for (int from = 0; from < statuses.size(); from += FRAME_STATUSES) {
      List<String> parts = new ArrayList<>();
      for (Status status :
          statuses.subList(from, Math.min(statuses.size(), from + FRAME_STATUSES))) {
        parts.add(statusJson(status.status(), status.message()));
      }
      write("[" + String.join(",", parts) + "]", 0);
    }
  }

  private static String statusJson(String status, String message) {
    return "{\"ev\":\"status\",\"status\":\"" + status + "\",\"message\":" + Json.encode(message)
        + "}";
  }

  private void write(String text, int events) {
    if (closed || socket.isClosed() || !gate.mayWrite(this)) {
      return;
    }
    unsentBytes += text.length();
    gate.wrote(this, events, text.length());
    socket.writeTextMessage(text).onComplete(done -> unsentBytes -= text.length());
    if (unsentBytes > gate.mostUnsentBytes() && !closed) {
      gate.tooSlow(this);
    }
  }

  /** Sends a status although too much is unsent already, and cuts the connection. */
  void evictSlow(String message) {
    closed = true;
    socket.writeTextMessage("[" + statusJson("slow_consumer", message) + "]");
    cut();
  }

  /** Sends a status and closes with code 1008. */
  void evict(String status, String message) {
    status(status, message);
    closed = true;
    socket.close(POLICY_VIOLATION, message.substring(0, Math.min(100, message.length())));
  }

  /** Sends a status and drops the connection without a close frame. */
  void refuse(String status, String message) {
    if (closed) {
      return;
    }
    flush();
    closed = true;
    if (gate.mayWrite(this)) {
      socket
          .writeTextMessage("[" + statusJson(status, message) + "]")
          .onComplete(done -> cutChannel());
    } else {
      cutChannel();
    }
  }

  /** Drops the connection without a close frame, now. */
  void cut() {
    closed = true;
    cutChannel();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the close handler tells when it is gone
  private void cutChannel() {
    Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
    channel.pipeline().firstContext().close();
  }

  /** Marks the connection as gone. */
  void gone() {
    closed = true;
  }

  /**
   * A status to send.
   *
   * @param status the status
   * @param message the message
   */
  record Status(String status, String message) {}

  /** Decides what a session may write. */
  interface Gate {
    /** Returns true unless nothing is to be sent at the moment. */
    boolean mayWrite(StreamSession session);

    /** Counts a frame. */
    void wrote(StreamSession session, int events, int bytes);

    /** Returns how much may wait for a client that does not read. */
    long mostUnsentBytes();

    /** Ends a session whose client does not read. */
    void tooSlow(StreamSession session);
  }
}
