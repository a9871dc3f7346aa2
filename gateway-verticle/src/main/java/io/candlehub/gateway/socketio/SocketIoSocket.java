package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client in one namespace.
 *
 * <p>Threads: confined to the event loop of its connection, where all its callbacks run; {@link #run} gets there. The
 * methods that send ({@code emit}, {@code emitWithAck}, {@code disconnect}, {@link Ack#send}) may be called on any
 * thread: what is sent elsewhere is encoded there and queued to the loop, in order per thread.
 *
 * <p>Nothing is dropped and nothing is bounded here: a caller who sends more than an answer looks at {@link #writable()}
 * first and goes on in {@link #onDrain}.
 */
public final class SocketIoSocket {

  private static final Logger LOG = LoggerFactory.getLogger(SocketIoSocket.class);

  private final String id;
  private final String namespace;
  private final Handshake handshake;
  private final SocketIoConnection connection;
  private final Map<String, EventHandler> handlers = new HashMap<>();
  private final Map<Long, PendingAck> pendingAcks = new HashMap<>();
  private final List<Consumer<String>> disconnectHandlers = new ArrayList<>();
  private EventHandler otherHandler = (args, ack) -> {};
  private Consumer<InvalidMessage> invalidHandler = fault -> {};
  private Runnable drainHandler = () -> {};
  private Object attachment;
  private long nextAckId;
  private EventLog log;
  private Loop.Timer forgetTimer;
  private boolean recovered;
  private boolean connected = true;
  private boolean failedBefore;

  SocketIoSocket(String id, String namespace, Handshake handshake, SocketIoConnection connection) {
    this.id = id;
    this.namespace = namespace;
    this.handshake = handshake;
    this.connection = connection;
  }

  /**
   * Returns the public id of the socket, which the client knows as well.
   *
   * @return the id, unique for each joined namespace
   */
  public String id() {
    return id;
  }

  /**
   * Returns the namespace that the socket has joined.
   *
   * @return the name, starting with {@code /}
   */
  public String namespace() {
    return namespace;
  }

  /**
   * Returns how the client came.
   *
   * @return the handshake with this namespace's auth payload
   */
  public Handshake handshake() {
    return handshake;
  }

  /**
   * Tells whether the socket is still in its namespace.
   *
   * @return false once {@link #onDisconnect} has been told
   */
  public boolean connected() {
    return connected;
  }

  /**
   * Sets the handler of an event, instead of an earlier one.
   *
   * @param event the event's name
   * @param handler takes the event
   * @throws IllegalArgumentException if the name is reserved by the protocol
   */
  public void on(String event, EventHandler handler) {
    handlers.put(EventNames.requireFree(event), handler);
  }

  /**
   * Sets the handler of all events that have none of their own; without it they are ignored.
   *
   * @param handler takes the event
   */
  public void onOther(EventHandler handler) {
    otherHandler = handler;
  }

  /**
   * Sets what hears of an invalid message of this client, whichever namespace it was meant for. The connection closes
   * afterwards, as the protocol demands, but what the handler emits still goes out first.
   *
   * @param handler takes the fault
   */
  public void onInvalid(Consumer<InvalidMessage> handler) {
    invalidHandler = handler;
  }

  /**
   * Tells whether the client has come back for this socket: it has the id, the attachment and the events of the one it
   * lost, and is to be given its handlers again.
   *
   * @return false for a new socket
   */
  public boolean recovered() {
    return recovered;
  }

  /**
   * Adds a handler for the end of the socket, called once.
   *
   * @param handler takes the reason, one of {@link DisconnectReasons} or the one given to {@link SocketIoServer#close}
   */
  public void onDisconnect(Consumer<String> handler) {
    disconnectHandlers.add(handler);
  }

  /**
   * Sets the handler that is called each time the connection has become writable again.
   *
   * @param handler goes on sending
   */
  public void onDrain(Runnable handler) {
    drainHandler = handler;
  }

  /**
   * Tells whether what has been sent reaches the network: false while more than the write queue's limit waits, and once
   * the socket has ended.
   *
   * @return whether to send more
   */
  public boolean writable() {
    return connected && connection.writable();
  }

  /**
   * Sends an event. Does nothing once the socket has ended; with recovery, a client that comes back gets it then.
   *
   * @param event the event's name
   * @param args JsonObject, JsonArray, Map, List, String, Number, Boolean, Buffer, byte[] or null
   * @throws IllegalArgumentException if the name is reserved by the protocol or an argument cannot be encoded
   */
  public void emit(String event, Object... args) {
    EventNames.requireFree(event);
    EncodedPacket packet = PacketEncoder.event(namespace, Packet.NO_ID, event, args);
    loop().run(() -> writeEvent(packet));
  }

  /**
   * Sends an event that was encoded before. Does nothing once the socket has ended; with recovery, a client that comes
   * back gets it then.
   *
   * @param event the event
   * @throws IllegalArgumentException if it was encoded for another namespace
   */
  public void emit(EncodedEvent event) {
    if (!namespace.equals(event.namespace())) {
      throw new IllegalArgumentException("event belongs to namespace " + event.namespace());
    }
    if (loop().inLoop()) {
      writeEncoded(event);
    } else {
      loop().execute(() -> writeEncoded(event));
    }
  }

  /**
   * Sends an event and waits for the client's answer.
   *
   * @param event the event's name
   * @param timeout the longest wait
   * @param args as in {@link #emit(String, Object...)}
   * @return the arguments of the answer, on the socket's event loop; fails with {@link TimeoutException}, or with {@link
   *     IllegalStateException} if the socket ends first
   * @throws IllegalArgumentException if the name is reserved by the protocol or an argument cannot be encoded
   */
  public Future<List<Object>> emitWithAck(String event, Duration timeout, Object... args) {
    EventNames.requireFree(event);
    // Encoded once without an id, so that an argument that cannot be encoded fails here and its
    // value is fixed now.
    EncodedPacket packet = PacketEncoder.event(namespace, Packet.NO_ID, event, args);
    Promise<List<Object>> answer = Promise.promise();
    loop().run(() -> ask(packet, timeout, answer));
    return answer.future();
  }

  /**
   * Ends the socket. Does nothing if it has ended.
   *
   * @param closeTransport whether to close the whole connection, all its namespaces included
   */
  public void disconnect(boolean closeTransport) {
    loop().run(() -> connection.disconnect(this, closeTransport));
  }

  /**
   * Runs a task on the event loop of the socket: at once if the caller is there.
   *
   * @param task the task
   */
  public void run(Runnable task) {
    loop().run(task);
  }

  /**
   * Keeps an object of the application with the socket, instead of an earlier one.
   *
   * @param value the object
   */
  public void attach(Object value) {
    attachment = value;
  }

  /**
   * Returns the object that the application keeps here.
   *
   * @param type its class
   * @param <T> its type
   * @return the object, or empty if there is none of that class
   */
  public <T> Optional<T> attachment(Class<T> type) {
    return type.isInstance(attachment) ? Optional.of(type.cast(attachment)) : Optional.empty();
  }

  Loop loop() {
    return connection.loop();
  }

  /** Begins to keep what is sent. */
  void keepIn(EventLog eventLog) {
    log = eventLog;
  }

  /** Takes over the state of a socket whose client has come back. */
  void resume(Recovery.Recovered state) {
    recovered = true;
    log = state.log();
    attachment = state.attachment().orElse(null);
    state.missed().forEach(connection::write);
  }

  Optional<EventLog> log() {
    return Optional.ofNullable(log);
  }

  /** Goes on keeping what is sent to a socket that has ended, until a timer forgets it. */
  void keepUntil(Loop.Timer timer) {
    forgetTimer = timer;
  }

  /** Stops keeping what is sent. */
  void forget() {
    log = null;
    if (forgetTimer != null) {
      forgetTimer.cancel();
    }
  }

  /** Ends the connection of a client that has come back on another one. */
  void replaced() {
    if (connected) {
      connection.replaced();
    }
  }

  void write(EncodedPacket packet) {
    if (connected) {
      connection.write(packet);
    }
  }

  void received(Packet packet) {
    List<Object> items = items(packet);
    EventHandler handler = handlers.getOrDefault((String) items.get(0), otherHandler);
    Ack ack = new Ack(this, packet.id());
    guarded(() -> handler.handle(items.subList(1, items.size()), ack));
  }

  void acknowledged(Packet packet) {
    PendingAck pending = pendingAcks.remove(packet.id());
    if (pending != null) {
      pending.timer().cancel();
      guarded(() -> pending.answer().tryComplete(items(packet)));
    }
  }

  void invalid(InvalidMessage fault) {
    guarded(() -> invalidHandler.accept(fault));
  }

  void drained() {
    guarded(drainHandler);
  }

  void ended(String reason) {
    if (!connected) {
      return;
    }
    connected = false;
    List<PendingAck> unanswered = List.copyOf(pendingAcks.values());
    pendingAcks.clear();
    for (PendingAck pending : unanswered) {
      pending.timer().cancel();
      guarded(() -> pending.answer().tryFail(new IllegalStateException("socket ended: " + reason)));
    }
    for (Consumer<String> handler : List.copyOf(disconnectHandlers)) {
      guarded(() -> handler.accept(reason));
    }
  }

  /** Runs code of the application; its failure is logged and counted and goes no further. */
  void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      connection.counts().handlerFailed();
      if (!failedBefore) {
        failedBefore = true;
        LOG.warn("handler of a socket failed [namespace: {}, socket: {}]", namespace, id, e);
      }
    }
  }

  private void ask(EncodedPacket packet, Duration timeout, Promise<List<Object>> answer) {
    if (!connected) {
      answer.fail(new IllegalStateException("socket has ended"));
      return;
    }
    long ackId = nextAckId++;
    Loop.Timer timer = loop().schedule(timeout.toMillis(), () -> {
      pendingAcks.remove(ackId);
      guarded(() -> answer.tryFail(new TimeoutException("no answer in " + timeout)));
    });
    pendingAcks.put(ackId, new PendingAck(answer, timer));
    write(PacketEncoder.withId(packet, namespace, ackId));
  }

  private void writeEncoded(EncodedEvent event) {
    if (log != null) {
      writeEvent(new EncodedPacket(event.packet(), List.of()));
    } else if (connected) {
      connection.write(event);
    }
  }

  private void writeEvent(EncodedPacket event) {
    write(log == null ? event : log.keep(event, loop().nanoTime()));
  }

  /** Copies the raw items: the typed getters of a JsonArray would turn bytes into text. */
  private static List<Object> items(Packet packet) {
    List<Object> items = new ArrayList<>();
    for (Object item : packet.array().getList()) {
      items.add(item);
    }
    return items;
  }

  private record PendingAck(Promise<List<Object>> answer, Loop.Timer timer) {}
}
