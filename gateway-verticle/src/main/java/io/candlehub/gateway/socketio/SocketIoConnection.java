package io.candlehub.gateway.socketio;

import io.candlehub.gateway.socketio.Recovery.Recovered;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Socket.IO side of one session: decodes its messages and keeps the namespaces that its client has joined.
 *
 * <p>A client that breaks a rule of the packets or of their order loses the whole connection, after the application's
 * hook was told.
 *
 * <p>Threads: confined to the loop of the session.
 *
 * <p>Source: Socket.IO protocol 5, "Exchange protocol".
 */
final class SocketIoConnection implements EngineSession.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(SocketIoConnection.class);

  /** A client that is refused so often guesses. */
  private static final int MOST_REFUSED = 100;

  private final EngineSession session;
  private final Handshake handshake;
  private final Scope scope;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Map<String, SocketIoSocket> sockets = new LinkedHashMap<>();
  private final Set<String> joining = new HashSet<>();
  private final Loop.Timer connectTimer;
  private int refused;

  SocketIoConnection(EngineSession session, Handshake handshake, Scope scope) {
    this.session = session;
    this.handshake = handshake;
    this.scope = scope;
    this.connectTimer = session
        .loop()
        .schedule(
            scope.options().connectTimeout().toMillis(),
            () -> session.close(CloseReason.CONNECT_TIMEOUT));
  }

  Loop loop() {
    return session.loop();
  }

  EngineListener counts() {
    return session.counts();
  }

  boolean writable() {
    return session.writable();
  }

  void write(EncodedPacket packet) {
    session.send(packet.text());
    packet.attachments().forEach(session::send);
  }

  void write(EncodedEvent event) {
    session.send(event);
  }

  /** Ends a socket, or with it all of the connection. */
  void disconnect(SocketIoSocket socket, boolean closeTransport) {
    List<SocketIoSocket> leaving = closeTransport ? List.copyOf(sockets.values()) : List.of(socket);
    for (SocketIoSocket each : leaving) {
      if (sockets.remove(each.namespace(), each)) {
        session.send(PacketEncoder.disconnected(each.namespace()));
        end(each, DisconnectReasons.SERVER_DISCONNECT, false);
      }
    }
    if (closeTransport) {
      session.close(CloseReason.FORCED);
    }
  }

  @Override
  public void onMessage(String packet, int from) {
    try {
      decoder.text(packet, from).ifPresent(this::onPacket);
    } catch (MalformedPacketException e) {
      malformed(e);
    }
  }

  @Override
  public void onMessage(Buffer message) {
    try {
      decoder.binary(message).ifPresent(this::onPacket);
    } catch (MalformedPacketException e) {
      malformed(e);
    }
  }

  @Override
  public void onInvalid(InvalidMessage fault) {
    List.copyOf(sockets.values()).forEach(socket -> socket.invalid(fault));
  }

  @Override
  public void onDrain() {
    List.copyOf(sockets.values()).forEach(SocketIoSocket::drained);
  }

  @Override
  public void onClose(CloseReason reason) {
    connectTimer.cancel();
    List<SocketIoSocket> leaving = List.copyOf(sockets.values());
    sockets.clear();
    leaving.forEach(socket -> end(socket, reason.text(), reason.isRecoverable()));
  }

  /** Ends the connection of a client that has come back on another one. */
  void replaced() {
    session.close(CloseReason.CLIENT_CLOSED);
  }

  private void end(SocketIoSocket socket, String reason, boolean recoverable) {
    scope.recovery().left(socket, recoverable);
    socket.ended(reason);
  }

  private void onPacket(Packet packet) {
    switch (packet.type()) {
      case CONNECT -> connect(packet);
      case CONNECT_ERROR -> outOfTurn("CONNECT_ERROR from a client");
      case DISCONNECT, EVENT, ACK, BINARY_EVENT, BINARY_ACK -> {
        SocketIoSocket socket = sockets.get(packet.namespace());
        if (socket == null) {
          outOfTurn(packet.type() + " to a namespace that was not joined");
        } else {
          onPacket(socket, packet);
        }
      }
    }
  }

  private void onPacket(SocketIoSocket socket, Packet packet) {
    if (packet.type() == PacketType.DISCONNECT) {
      sockets.remove(socket.namespace());
      end(socket, DisconnectReasons.CLIENT_DISCONNECT, false);
    } else if (packet.type() == PacketType.EVENT || packet.type() == PacketType.BINARY_EVENT) {
      socket.received(packet);
    } else {
      socket.acknowledged(packet);
    }
  }

  private void connect(Packet packet) {
    String name = packet.namespace();
    if (sockets.containsKey(name) || joining.contains(name)) {
      outOfTurn("CONNECT to a namespace that is joined already");
      return;
    }
    Optional<Namespace> namespace = scope.namespaces().apply(name);
    if (namespace.isEmpty()) {
      refuse(name, new JsonObject().put("message", "Invalid namespace"));
      return;
    }
    joining.add(name);
    JsonObject auth = packet.data() instanceof JsonObject object ? object : new JsonObject();
    Handshake arrival = handshake.withAuth(auth);
    scope
        .recovery()
        .claim(name, auth)
        .onSuccess(state -> loop().run(() -> admit(namespace.get(), arrival, state)));
  }

  private void admit(Namespace namespace, Handshake arrival, Optional<Recovered> state) {
    if (state.isPresent() && scope.options().recovery().skipAuthorisation()) {
      decided(namespace, arrival, state, Future.succeededFuture());
      return;
    }
    namespace
        .admit(arrival)
        .onComplete(decision -> loop().run(() -> decided(namespace, arrival, state, decision)));
  }

  private void decided(
      Namespace namespace,
      Handshake arrival,
      Optional<Recovered> state,
      AsyncResult<Void> decision) {
    joining.remove(namespace.name());
    if (!session.isOpen()) {
      return;
    }
    if (decision.succeeded()) {
      join(namespace, arrival, state);
    } else if (decision.cause() instanceof ConnectRefusedException refusal) {
      refuse(namespace.name(), refusal.payload());
    } else {
      LOG.warn(
          "authorisation failed [namespace: {}, cause: {}]",
          namespace.name(),
          decision.cause().toString());
      counts().handlerFailed();
      refuse(namespace.name(), new JsonObject().put("message", "Connection refused"));
    }
  }

  private void join(Namespace namespace, Handshake arrival, Optional<Recovered> state) {
    connectTimer.cancel();
    String id = state.map(Recovered::id).orElseGet(scope.ids());
    SocketIoSocket socket = new SocketIoSocket(id, namespace.name(), arrival, this);
    sockets.put(namespace.name(), socket);
    if (state.isPresent()) {
      socket.resume(state.get());
    } else if (scope.options().recovery().enabled()) {
      socket.keepIn(new EventLog(scope.ids().get(), scope.options().recovery()));
    }
    scope.recovery().joined(socket);
    session.send(
        PacketEncoder.connected(namespace.name(), id, socket.log().map(EventLog::privateId)));
    socket.guarded(() -> namespace.greet(socket));
  }

  private void refuse(String namespace, JsonObject error) {
    counts().namespaceRefused();
    session.send(PacketEncoder.refused(namespace, error));
    refused++;
    if (refused > MOST_REFUSED) {
      outOfTurn("CONNECT after too many refusals");
    }
  }

  private void outOfTurn(String detail) {
    session.reject(
        new InvalidMessage(InvalidMessage.Kind.OUT_OF_TURN, detail), CloseReason.PARSE_ERROR);
  }

  private void malformed(MalformedPacketException fault) {
    session.reject(
        new InvalidMessage(InvalidMessage.Kind.MALFORMED, fault.getMessage()),
        CloseReason.PARSE_ERROR);
  }

  /**
   * What the connections of one server share.
   *
   * @param options limits and times
   * @param namespaces finds a namespace by its name
   * @param ids makes ids
   * @param recovery keeps what clients come back for
   */
  record Scope(
      SocketIoOptions options,
      Function<String, Optional<Namespace>> namespaces,
      Supplier<String> ids,
      Recovery recovery) {}
}
