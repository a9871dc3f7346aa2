package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Socket.IO server (Socket.IO protocol 5, Engine.IO protocol 4, WebSocket transport) to be mounted on a router.
 *
 * <p>The application mounts {@link #handle} on {@link SocketIoOptions#path()} and everything below it, ahead of any body
 * handler, and judges {@code Host} and {@code Origin} before. The options of the HTTP server decide about two things:
 *
 * <ul>
 *   <li>{@code maxWebSocketFrameSize} (64 KiB unless set) should be at least {@link SocketIoOptions#maxPayloadBytes()},
 *       or a large message is refused below the announced limit;
 *   <li>per-message compression should be off, which costs memory per connection and gains little on small messages, and
 *       per-frame compression must be, as it lets invalid frames pass.
 * </ul>
 *
 * <p>Threads: any; one server may be mounted on the routers of several event loops. Connections stay on theirs.
 */
public final class SocketIoServer {

  private static final Logger LOG = LoggerFactory.getLogger(SocketIoServer.class);

  /** Fifteen bytes are the twenty characters of an id. */
  private static final int ID_BYTES = 15;

  private final Vertx vertx;
  private final SocketIoOptions options;
  private final InstantSource clock;
  private final EngineListener listener;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
  private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /**
   * Creates a server without namespaces.
   *
   * @param vertx runs the timers
   * @param options limits and times
   * @param clock tells when a connection was accepted
   * @param listener counts; {@link EngineListener#NONE} for nobody
   */
  public SocketIoServer(
      Vertx vertx, SocketIoOptions options, InstantSource clock, EngineListener listener) {
    this.vertx = vertx;
    this.options = options;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Returns a namespace, which exists from now on. Clients are refused all others.
   *
   * @param name the name, starting with {@code /}; {@link Namespace#MAIN} is the one that clients join by default
   * @return the namespace, the same for the same name
   * @throws IllegalArgumentException if the name does not start with {@code /} or holds a comma
   */
  public Namespace namespace(String name) {
    return namespaces.computeIfAbsent(name, Namespace::new);
  }

  /**
   * Returns the number of connections, those included that are being closed.
   *
   * @return the number at this moment
   */
  public int connections() {
    return sessions.size();
  }

  /**
   * Handles a request to the server's path: upgrades it to a session, or refuses it with the error of the protocol
   * (status 400), or with 503 once the server is closing.
   *
   * @param ctx the request, on an event loop
   */
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (closing) {
      ctx.response().setStatusCode(503).putHeader("Connection", "close").end("Server is closing");
      return;
    }
    EngineHandshake wish = wish(request);
    Optional<EngineError> refusal = wish.refusal(sessions::containsKey);
    if (refusal.isPresent()) {
      listener.handshakeRefused(refusal.get().code());
      refuse(ctx, wish, refusal.get());
      return;
    }
    VertxLoop loop = new VertxLoop(vertx);
    HttpConnection connection = request.connection();
    Handshake handshake = handshake(request);
    request
        .toWebSocket()
        .onSuccess(socket -> {
          if (wish.namesSession()) {
            duplicate(socket);
          } else {
            open(new WebSocketTransport(socket, connection, options, loop), handshake, loop);
          }
        })
        .onFailure(e -> LOG.debug("upgrade failed [cause: {}]", e.toString()));
  }

  /**
   * Closes the server for good: new clients are refused, each connection is closed with WebSocket status 1001 and the
   * reason, which clients take as a reason to reconnect elsewhere.
   *
   * @param reason at most 123 bytes; {@link SocketIoSocket#onDisconnect} gets it too
   * @return a future that completes when all connections are gone, at the latest after the close timeout
   * @throws IllegalArgumentException if the reason is too long
   */
  public Future<Void> close(String reason) {
    CloseReason goingAway = CloseReason.goingAway(reason);
    closing = true;
    List<Future<Void>> ends = new ArrayList<>();
    for (EngineSession session : sessions.values()) {
      ends.add(session.gone());
      session.loop().run(() -> session.close(goingAway));
    }
    return Future.join(ends).mapEmpty();
  }

  private void open(EngineTransport transport, Handshake handshake, Loop loop) {
    EngineSession session = new EngineSession(newId(), transport, options, loop, listener);
    sessions.put(session.sid(), session);
    session.gone().onComplete(done -> sessions.remove(session.sid()));
    session.open(new SocketIoConnection(session, handshake, options, this::existing, this::newId));
    if (closing) {
      session.close(CloseReason.goingAway("server is closing"));
    }
  }

  private static EngineHandshake wish(HttpServerRequest request) {
    Map<String, String> query = new HashMap<>();
    try {
      request.params().forEach((name, value) -> query.putIfAbsent(name, value));
    } catch (IllegalArgumentException e) {
      LOG.debug("query cannot be decoded [cause: {}]", e.getMessage());
    }
    return new EngineHandshake(
        request.method(),
        request.canUpgradeToWebSocket(),
        query,
        Optional.ofNullable(request.getHeader("Origin")).orElse(""));
  }

  private Optional<Namespace> existing(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  private Handshake handshake(HttpServerRequest request) {
    return new Handshake(
        request.headers(),
        request.params(),
        new JsonObject(),
        request.remoteAddress(),
        request.isSSL(),
        clock.instant());
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void duplicate(ServerWebSocket socket) {
    socket
        .close()
        .onFailure(e -> LOG.debug("second WebSocket not closed [cause: {}]", e.toString()));
  }

  /** A client that asked for a WebSocket gets the message alone, as from the reference server. */
  private static void refuse(RoutingContext ctx, EngineHandshake wish, EngineError error) {
    ctx.response()
        .setStatusCode(400)
        .putHeader("Connection", "close")
        .putHeader("Content-Type", wish.upgrade() ? "text/html" : "application/json")
        .end(wish.upgrade() ? error.message() : error.json())
        .onFailure(e -> LOG.debug("refusal not sent [cause: {}]", e.toString()));
  }
}
