package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO session: it opens, keeps its client alive, hands messages up and down, and closes once.
 *
 * <p>Nothing a client sends and nothing the layer above throws escapes from here.
 *
 * <p>Threads: confined to its loop.
 *
 * <p>Source: Engine.IO protocol 4, "Packet encoding", "Heartbeat", "Closing".
 */
final class EngineSession implements EngineTransport.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

  private static final String PING = "2";

  private final String sid;
  private final SocketIoOptions options;
  private final Loop loop;
  private final EngineListener counts;
  private final Promise<Void> gone = Promise.promise();
  private final Heartbeat heartbeat;
  private volatile EngineTransport transport;
  private Listener listener;
  private PollPosts posts;
  private Upgrade upgrade;
  private Loop.Timer timer;
  private long timerNanos;
  private boolean closed;

  EngineSession(
      String sid,
      EngineTransport transport,
      SocketIoOptions options,
      Loop loop,
      EngineListener counts) {
    this.sid = sid;
    this.transport = transport;
    this.options = options;
    this.loop = loop;
    this.counts = counts;
    this.heartbeat = new Heartbeat(options, loop.nanoTime());
  }

  /** Greets the client and starts to deliver. */
  void open(Listener upper) {
    listener = upper;
    counts.connectionOpened();
    transport.open(this);
    send("0"
        + new JsonObject()
            .put("sid", sid)
            .put("upgrades", upgrades())
            .put("pingInterval", options.pingInterval().toMillis())
            .put("pingTimeout", options.pingTimeout().toMillis())
            .put("maxPayload", options.maxPayloadBytes())
            .encode());
    arm();
  }

  /** Tells the layer above, once the open packet is on its way. */
  void opened() {
    guarded(listener::onOpen);
  }

  String sid() {
    return sid;
  }

  /** Returns the name of the transport; any thread. */
  String transport() {
    return transport.name();
  }

  MultiMap carrierHeaders() {
    return transport.headers();
  }

  Loop loop() {
    return loop;
  }

  EngineListener counts() {
    return counts;
  }

  boolean isOpen() {
    return !closed;
  }

  boolean writable() {
    return !closed && transport.writable();
  }

  /** Returns a future that completes when the transport is gone. */
  Future<Void> gone() {
    return gone.future();
  }

  /** Sends a packet, its type character included; dropped once the session is closed. */
  void send(String packet) {
    if (!closed) {
      counts.packetSent();
      transport.sendText(packet);
    }
  }

  /** Sends an event that other clients may get as well; dropped once the session is closed. */
  void send(EncodedEvent event) {
    if (!closed) {
      counts.packetSent();
      transport.sendEvent(event);
    }
  }

  /** Sends a binary message; dropped once the session is closed. */
  void send(Buffer message) {
    if (!closed) {
      counts.packetSent();
      transport.sendBinary(message);
    }
  }

  /** Closes the session: the layer above is told at once, the transport closes after what is queued. */
  void close(CloseReason reason) {
    if (end(reason)) {
      transport.close(reason);
    }
  }

  /** Closes the session of a client that broke a rule, after the layer above has had its say. */
  void reject(InvalidMessage fault, CloseReason reason) {
    if (closed) {
      return;
    }
    LOG.debug("message refused [kind: {}, detail: {}]", fault.kind(), fault.detail());
    counts.messageInvalid(fault.kind());
    guarded(() -> listener.onInvalid(fault));
    close(reason);
  }

  /** Takes a GET of the polling transport. */
  void poll(Exchange get) {
    polling(get).ifPresent(polling -> polling.poll(get));
  }

  /** Takes note that the client of a GET has hung up. */
  void pollLost(Exchange get) {
    if (transport instanceof PollingTransport polling) {
      polling.pollLost(get);
    }
  }

  /** Takes a POST of the polling transport, its body still to come. */
  void post(Exchange post) {
    polling(post).ifPresent(polling -> {
      posts = polling.posts();
      posts.begin(post);
    });
  }

  /** Takes the body of a POST, which may have begun before an upgrade. */
  void posted(Exchange post, Buffer body) {
    if (posts != null) {
      posts.arrived(post, body);
    }
  }

  /** Takes note that the body of a POST did not arrive. */
  void postFailed(Exchange post, InvalidMessage fault, CloseReason reason) {
    if (posts != null) {
      posts.failed(post, fault, reason);
    }
  }

  /** Takes a WebSocket that a client opened for this session; without use for it, closes it. */
  void offer(EngineTransport webSocket) {
    Upgrade next = new Upgrade(this, webSocket, options);
    if (closed || upgrade != null || !(transport instanceof PollingTransport)) {
      next.begin();
      next.abandon(CloseReason.FORCED);
      return;
    }
    upgrade = next;
    next.begin();
  }

  /** Takes note that the client has probed its WebSocket: polls are answered at once from now on. */
  void probed() {
    if (transport instanceof PollingTransport polling) {
      polling.hurry(true);
    }
  }

  /** Moves the session to the WebSocket; what waited for a poll goes first. */
  void upgraded(EngineTransport webSocket) {
    if (closed || !(transport instanceof PollingTransport polling)) {
      webSocket.close(CloseReason.FORCED);
      return;
    }
    boolean wasBlocked = !polling.writable();
    transport = webSocket;
    webSocket.open(this);
    polling.moveTo(webSocket);
    if (wasBlocked && webSocket.writable()) {
      onDrained();
    }
  }

  /** Takes note that an upgrade has ended, one way or the other. */
  void upgradeEnded(Upgrade ended) {
    if (upgrade == ended) {
      upgrade = null;
      if (transport instanceof PollingTransport polling) {
        polling.hurry(false);
      }
    }
  }

  @Override
  public void onText(String packet) {
    if (closed) {
      return;
    }
    counts.packetReceived();
    switch (packet.isEmpty() ? '?' : packet.charAt(0)) {
      case '0', '5', '6' -> LOG.trace("packet without meaning here ignored");
      case '1' -> close(CloseReason.CLIENT_CLOSED);
      case '3' -> {
        heartbeat.pong();
        arm();
      }
      case '4' -> guarded(() -> listener.onMessage(packet, 1));
      default ->
        reject(
            new InvalidMessage(InvalidMessage.Kind.MALFORMED, "unknown Engine.IO packet type"),
            CloseReason.PARSE_ERROR);
    }
  }

  @Override
  public void onBinary(Buffer message) {
    if (!closed) {
      counts.packetReceived();
      guarded(() -> listener.onMessage(message));
    }
  }

  @Override
  public void onInvalid(InvalidMessage fault, CloseReason reason) {
    reject(fault, reason);
  }

  @Override
  public void onBlocked() {
    if (!closed) {
      counts.connectionBlocked();
      heartbeat.blocked(loop.nanoTime());
      arm();
    }
  }

  @Override
  public void onDrained() {
    if (!closed) {
      heartbeat.drained(loop.nanoTime());
      // A ping that is due goes before what may block the transport again.
      tick();
      if (!closed) {
        guarded(() -> listener.onDrain());
      }
    }
  }

  @Override
  public void onClosed(CloseReason reason) {
    end(reason);
    gone.tryComplete();
  }

  /** Judges a request by the clock first, as a timer may be late, and by the transport of this moment. */
  private Optional<PollingTransport> polling(Exchange request) {
    if (!closed && loop.nanoTime() - heartbeat.deadlineNanos() >= 0) {
      tick();
    }
    if (transport instanceof PollingTransport polling) {
      return Optional.of(polling);
    }
    PollingTransport.refuse(request, EngineError.BAD_REQUEST);
    return Optional.empty();
  }

  private JsonArray upgrades() {
    return transport instanceof PollingTransport
        ? JsonArray.of(EngineTransport.WEBSOCKET)
        : new JsonArray();
  }

  private boolean end(CloseReason reason) {
    if (closed) {
      return false;
    }
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
    if (upgrade != null) {
      upgrade.abandon(CloseReason.FORCED);
    }
    counts.connectionClosed(reason.text());
    try {
      listener.onClose(reason);
    } catch (RuntimeException e) {
      LOG.error("closing a session failed [reason: {}]", reason.text(), e);
    }
    return true;
  }

  /** Runs code of the layer above; its failure ends this session and no other. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("session failed", e);
      close(CloseReason.SERVER_ERROR);
    }
  }

  /** Makes sure that the timer fires no later than the next deadline; a later deadline re-arms when it fires. */
  private void arm() {
    if (closed) {
      return;
    }
    long deadline = heartbeat.deadlineNanos();
    if (timer != null) {
      if (timerNanos - deadline <= 0) {
        return;
      }
      timer.cancel();
    }
    long waitNanos = Math.max(0, deadline - loop.nanoTime());
    timerNanos = deadline;
    timer = loop.schedule(TimeUnit.NANOSECONDS.toMillis(waitNanos + 999_999), this::tick);
  }

  private void tick() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    switch (heartbeat.due(loop.nanoTime())) {
      case PING -> send(PING);
      case PING_TIMEOUT -> close(CloseReason.PING_TIMEOUT);
      case STALLED -> {
        end(CloseReason.SLOW_CLIENT);
        transport.abort();
      }
      case NONE -> LOG.trace("deadline moved");
    }
    arm();
  }

  /** The layer above a session. */
  interface Listener {

    /** The client was told that the session is open. */
    default void onOpen() {}

    /** A message arrived; its text starts at {@code from} in {@code packet}. */
    void onMessage(String packet, int from);

    /** A binary message arrived. */
    void onMessage(Buffer message);

    /** The client broke a rule; the session closes after this call. */
    void onInvalid(InvalidMessage fault);

    /** The session is writable again. */
    void onDrain();

    /** The session is closed; the last event. */
    void onClose(CloseReason reason);
  }
}
