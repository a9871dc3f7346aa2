package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the packets of one session over HTTP long polling: a GET waits for packets to the client, a POST brings
 * packets of the client. At most one of each may be under way; one more closes the session.
 *
 * <p>Back-pressure works both ways, as on a WebSocket. What waits for a GET, or was handed to the network and has not
 * left yet, is counted in bytes; above the mark the transport is blocked, and while it is, the packets of a POST wait
 * undelivered and unanswered, so a client that only posts and never polls cannot make the server pile up answers.
 *
 * <p>Packets of one turn of the loop leave in one body.
 *
 * <p>Threads: confined to the loop of the session.
 *
 * <p>Source: Engine.IO protocol 4, "Transports", "HTTP long-polling".
 */
final class PollingTransport implements EngineTransport {

  private static final String CLOSE = "1";
  private static final String NOOP = "6";

  private final SocketIoOptions options;
  private final Loop loop;
  private final List<Object> queue = new ArrayList<>();
  private final PollPosts posts;
  private Listener listener;
  private Exchange waiting;
  private Exchange answering;
  private Loop.Timer closeTimer;
  private CloseReason closeReason = CloseReason.CLIENT_CLOSED;
  private long queuedBytes;
  private long leavingBytes;
  private boolean flushScheduled;
  private boolean hurried;
  private boolean blocked;
  private boolean closing;
  private boolean gone;

  PollingTransport(SocketIoOptions options, Loop loop) {
    this.options = options;
    this.loop = loop;
    this.posts = new PollPosts(this);
  }

  @Override
  public String name() {
    return POLLING;
  }

  @Override
  public void open(Listener session) {
    listener = session;
  }

  @Override
  public MultiMap headers() {
    return posts.headers();
  }

  /** Takes a GET; it is answered at once if something waits for it. */
  void poll(Exchange get) {
    if (gone) {
      refuse(get, EngineError.UNKNOWN_SESSION);
    } else if (waiting != null) {
      refuse(get, EngineError.BAD_REQUEST);
      fault("two polls at a time");
    } else {
      waiting = get;
      if (closing) {
        farewell(CLOSE);
      } else {
        flush();
      }
    }
  }

  /** Takes note that the client of a waiting GET has hung up. */
  void pollLost(Exchange get) {
    if (waiting == get) {
      waiting = null;
      leave(CloseReason.CLIENT_CLOSED);
    }
  }

  /** Sets whether a poll is answered at once, with nothing if there is nothing, so that the client can stop polling. */
  void hurry(boolean now) {
    hurried = now;
    if (now) {
      flush();
    }
  }

  /** Gives up the session to another transport: what waits for a poll goes there first, then what waits of a POST. */
  void moveTo(EngineTransport next) {
    gone = true;
    for (Object packet : queue) {
      if (packet instanceof Buffer message) {
        next.sendBinary(message);
      } else {
        next.sendText((String) packet);
      }
    }
    queue.clear();
    if (waiting != null) {
      queue.add(NOOP);
      answer();
    }
    posts.moved();
  }

  /** Returns what takes the POSTs of the client. */
  PollPosts posts() {
    return posts;
  }

  @Override
  public void sendText(String packet) {
    // Characters stand for bytes here: exact for ASCII, and counting UTF-8 costs more than it
    // tells.
    enqueue(packet, packet.length());
  }

  @Override
  public void sendBinary(Buffer message) {
    enqueue(message, PayloadCodec.encodedBytes(message));
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
    closeReason = reason;
    posts.end(!reason.isFault());
    if (waiting != null) {
      farewell(reason.equals(CloseReason.CLIENT_CLOSED) ? NOOP : CLOSE);
    } else if (reason.awaitsPoll()) {
      closeTimer = loop.schedule(options.closeTimeout().toMillis(), () -> leave(reason));
    } else {
      leave(reason);
    }
  }

  @Override
  public void abort() {
    if (gone) {
      return;
    }
    closing = true;
    posts.cut();
    for (Exchange exchange : pending()) {
      exchange.cut();
    }
    waiting = null;
    leave(CloseReason.CLIENT_CLOSED);
  }

  Listener listener() {
    return listener;
  }

  /** Tells whether packets of the client may be delivered now. */
  boolean reads() {
    return writable() || posts.haveMoved();
  }

  /** Reports a client that broke a rule of the transport. */
  void fault(String detail) {
    if (!closing && !gone) {
      listener.onInvalid(
          new InvalidMessage(InvalidMessage.Kind.OUT_OF_TURN, detail), CloseReason.TRANSPORT_ERROR);
    }
  }

  static void refuse(Exchange exchange, EngineError error) {
    // Nobody waits for a refusal: a client that has gone is not to be told.
    var unused = exchange.answer(HttpAnswer.refusal(error));
  }

  private List<Exchange> pending() {
    List<Exchange> pending = new ArrayList<>();
    if (waiting != null) {
      pending.add(waiting);
    }
    if (answering != null) {
      pending.add(answering);
    }
    return pending;
  }

  private void enqueue(Object packet, int bytes) {
    if (closing || gone) {
      return;
    }
    queue.add(packet);
    queuedBytes += bytes;
    if (waiting != null && !flushScheduled) {
      flushScheduled = true;
      loop.execute(this::flush);
    }
    if (!blocked && queuedBytes + leavingBytes > options.writeQueueBytes()) {
      blocked = true;
      listener.onBlocked();
    }
  }

  private void flush() {
    flushScheduled = false;
    if (waiting == null || gone) {
      return;
    }
    if (hurried && queue.isEmpty()) {
      queue.add(NOOP);
    }
    if (!queue.isEmpty()) {
      answer();
    }
  }

  /** Answers the waiting GET for the last time. */
  private void farewell(String last) {
    if (queue.isEmpty() || last.equals(CLOSE)) {
      queue.add(last);
    }
    answer();
    leave(closeReason);
  }

  private void answer() {
    Exchange get = waiting;
    Buffer body = PayloadCodec.encode(queue);
    waiting = null;
    queue.clear();
    queuedBytes = 0;
    leavingBytes += body.length();
    answering = get;
    get.answer(HttpAnswer.packets(body))
        .onComplete(done -> loop.run(() -> answered(get, body.length(), done.succeeded())));
  }

  private void answered(Exchange get, int bytes, boolean delivered) {
    leavingBytes -= bytes;
    if (answering == get) {
      answering = null;
    }
    if (gone) {
      if (!delivered && posts.haveMoved() && bytes > NOOP.length()) {
        listener.onInvalid(
            new InvalidMessage(InvalidMessage.Kind.OUT_OF_TURN, "poll was lost in an upgrade"),
            CloseReason.TRANSPORT_ERROR);
      }
      return;
    }
    if (!delivered) {
      leave(CloseReason.CLIENT_CLOSED);
    } else if (blocked && queuedBytes + leavingBytes <= options.writeQueueBytes() / 2) {
      blocked = false;
      loop.execute(this::drained);
    }
  }

  private void drained() {
    if (writable()) {
      listener.onDrained();
    }
    posts.deliver();
  }

  private void leave(CloseReason reason) {
    if (gone) {
      return;
    }
    gone = true;
    closing = true;
    queue.clear();
    if (closeTimer != null) {
      closeTimer.cancel();
    }
    posts.end(false);
    listener.onClosed(reason);
  }
}
