package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO server (protocol 4) to be mounted on a router: sessions over HTTP long polling and WebSocket.
 *
 * <p>The application mounts {@link #handle} on {@link SocketIoOptions#path()} and everything below it, ahead of any body
 * handler, and judges {@code Host} and {@code Origin} before; CORS headers and preflights are the application's too. The
 * options of the HTTP server decide about two things:
 *
 * <ul>
 *   <li>{@code maxWebSocketFrameSize} (64 KiB unless set) should be at least {@link SocketIoOptions#maxPayloadBytes()},
 *       or a large message is refused below the announced limit;
 *   <li>per-message compression should be off, which costs memory per connection and gains little on small messages, and
 *       per-frame compression must be, as it lets invalid frames pass.
 * </ul>
 *
 * <p>Threads: any; one server may be mounted on the routers of several event loops. A session lives on the loop that
 * accepted its first request; later requests may come in on others.
 */
public final class EngineServer {

  private static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);

  /** Fifteen bytes are the twenty characters of an id. */
  private static final int ID_BYTES = 15;

  private final Vertx vertx;
  private final SocketIoOptions options;
  private final InstantSource clock;
  private final EngineListener listener;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
  private volatile Function<Handshake, Future<Void>> gate = handshake -> Future.succeededFuture();
  private volatile ResponseHeaders headers = (request, response, first) -> {};
  private volatile Acceptor acceptor;
  private volatile String legacyError = "1";
  private volatile boolean closing;

  /**
   * Creates a server whose sessions nobody listens to yet.
   *
   * @param vertx runs the timers
   * @param options limits and times
   * @param clock tells when a session was accepted
   * @param listener counts; {@link EngineListener#NONE} for nobody
   */
  public EngineServer(
      Vertx vertx, SocketIoOptions options, InstantSource clock, EngineListener listener) {
    this.vertx = vertx;
    this.options = options;
    this.clock = clock;
    this.listener = listener;
    this.acceptor = greetedBy(socket -> {});
  }

  /**
   * Sets what greets a new session. It runs after the client was sent the open packet, before any of its messages, and
   * is the place to register handlers.
   *
   * @param handler takes the new session, on its event loop
   * @return this server
   */
  public EngineServer onSession(Consumer<EngineSocket> handler) {
    acceptor = greetedBy(Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /**
   * Sets who may open a session; without it everybody may. A failed future refuses with status 403 and error code 4: a
   * {@link ConnectRefusedException} with its message, any other failure with a general one.
   *
   * @param decision judges a handshake, whose {@code auth} is empty; must not block
   * @return this server
   */
  public EngineServer authorise(Function<Handshake, Future<Void>> decision) {
    gate = Objects.requireNonNull(decision, "decision");
    return this;
  }

  /**
   * Sets what completes the headers of each response, upgrades to WebSocket included.
   *
   * @param completion called on the request's event loop
   * @return this server
   */
  public EngineServer onHeaders(ResponseHeaders completion) {
    headers = Objects.requireNonNull(completion, "completion");
    return this;
  }

  /**
   * Returns the number of sessions, those included that are being closed.
   *
   * @return the number at this moment
   */
  public int connections() {
    return sessions.size();
  }

  /**
   * Handles a request to the server's path, or refuses it with the error of the protocol (status 400), or with 503 once
   * the server is closing.
   *
   * @param ctx the request, on an event loop
   */
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (HttpMethod.OPTIONS.equals(request.method())) {
      ctx.response().setStatusCode(204).putHeader("Allow", "GET, POST, OPTIONS").end();
      return;
    }
    EngineHandshake wish = EngineHandshake.of(request);
    if (closing && !wish.namesSession()) {
      ctx.response().setStatusCode(503).putHeader("Connection", "close").end("Server is closing");
      return;
    }
    Optional<EngineError> refusal =
        wish.refusal(sid -> Optional.ofNullable(sessions.get(sid)).map(EngineSession::transport));
    if (refusal.isPresent()) {
      refuse(request, wish, refusal.get(), refusal.get().message());
      return;
    }
    EngineSession session = sessions.get(wish.sid());
    if (!wish.namesSession()) {
      judge(request, wish);
    } else if (session == null) {
      refuse(request, wish, EngineError.UNKNOWN_SESSION, EngineError.UNKNOWN_SESSION.message());
    } else if (wish.upgrade()) {
      offer(request, session);
    } else {
      serve(request, session);
    }
  }

  /**
   * Closes the server for good: new clients are refused, and sessions closed as by {@link #sendElsewhere}.
   *
   * @param reason at most 123 bytes; the sockets' handlers get it too
   * @return completes when all sessions are gone, at the latest when the close timeout of the last has passed
   * @throws IllegalArgumentException if the reason is too long
   */
  public Future<Void> close(String reason) {
    closing = true;
    return sendElsewhere(reason);
  }

  /**
   * Closes each session ({@link Farewell}), on a WebSocket with status 1001 and the reason, on polling with a close
   * packet, which clients take as a reason to reconnect, elsewhere if they can.
   *
   * @param reason at most 123 bytes; the sockets' handlers get it too
   * @return completes when these sessions are gone, at the latest when the close timeout of the last has passed
   * @throws IllegalArgumentException if the reason is too long
   */
  public Future<Void> sendElsewhere(String reason) {
    CloseReason goingAway = CloseReason.goingAway(reason);
    List<Future<Void>> ends = new ArrayList<>();
    List<Runnable> goodbyes = new ArrayList<>();
    for (EngineSession session : sessions.values()) {
      ends.add(session.gone());
      goodbyes.add(() -> session.loop().run(() -> session.close(goingAway)));
    }
    Farewell.say(vertx, goodbyes);
    return Future.join(ends).mapEmpty();
  }

  /**
   * Sets the layer above the sessions.
   *
   * @param error the packet that tells a client of the protocol's version 3 of its refusal
   */
  void accept(Acceptor above, String error) {
    acceptor = above;
    legacyError = error;
  }

  String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Asks the application whether a new session may be opened. */
  private void judge(HttpServerRequest request, EngineHandshake wish) {
    Handshake handshake = handshake(request);
    VertxLoop loop = new VertxLoop(vertx);
    request.pause();
    ask(handshake)
        .onComplete(decision -> loop.run(() -> {
          if (decision.failed()) {
            boolean told = decision.cause() instanceof ConnectRefusedException;
            EngineError error = EngineError.FORBIDDEN;
            refuse(request, wish, error, told ? decision.cause().getMessage() : error.message());
          } else if (wish.isLegacy() && wish.upgrade()) {
            turnAway(request);
          } else if (!wish.hasKnownVersion()) {
            EngineError error = EngineError.UNSUPPORTED_VERSION;
            refuse(request, wish, error, error.message());
          } else if (wish.upgrade()) {
            openWebSocket(request, handshake, loop);
          } else {
            openPolling(request, handshake, loop);
          }
        }));
  }

  /**
   * Tells a client of Socket.IO 2 in its own words that it is too old. A browser shows a page nothing of a refused
   * upgrade, so the WebSocket is accepted, told and closed.
   */
  private void turnAway(HttpServerRequest request) {
    listener.handshakeRefused(EngineError.UNSUPPORTED_VERSION.code());
    String open = "0"
        + new JsonObject()
            .put("sid", newId())
            .put("upgrades", new JsonArray())
            .put("pingInterval", options.pingInterval().toMillis())
            .put("pingTimeout", options.pingTimeout().toMillis())
            .encode();
    String reason = EngineError.UNSUPPORTED_VERSION.message();
    upgrade(request, socket -> {
      Future.join(
              socket.writeTextMessage(open),
              socket.writeTextMessage(legacyError),
              socket.close((short) CloseReason.PARSE_ERROR.status(), reason))
          .onFailure(e -> LOG.debug("client was not told [cause: {}]", e.toString()));
    });
  }

  private Future<Void> ask(Handshake handshake) {
    try {
      return gate.apply(handshake);
    } catch (RuntimeException e) {
      LOG.debug("authorisation failed [cause: {}]", e.toString());
      listener.handlerFailed();
      return Future.failedFuture(e);
    }
  }

  private void openWebSocket(HttpServerRequest request, Handshake handshake, VertxLoop loop) {
    HttpConnection connection = request.connection();
    complete(request, true);
    upgrade(request, socket -> {
      EngineSession session =
          open(new WebSocketTransport(socket, connection, options, loop), handshake, loop);
      session.opened();
    });
  }

  private void openPolling(HttpServerRequest request, Handshake handshake, VertxLoop loop) {
    PollingTransport transport = new PollingTransport(options, loop);
    EngineSession session = open(transport, handshake, loop);
    HttpExchange first = new HttpExchange(request, loop, () -> complete(request, true));
    first.onLost(() -> transport.pollLost(first));
    transport.poll(first);
    session.opened();
    request.resume();
  }

  private EngineSession open(EngineTransport transport, Handshake handshake, Loop loop) {
    EngineSession session = new EngineSession(newId(), transport, options, loop, listener);
    sessions.put(session.sid(), session);
    listener.sessionOpened(handshake);
    session.gone().onComplete(done -> {
      sessions.remove(session.sid());
      listener.sessionGone(handshake);
    });
    session.open(acceptor.accept(session, handshake));
    if (closing) {
      session.close(CloseReason.goingAway("server is closing"));
    }
    return session;
  }

  /** Offers a WebSocket to a session on polling; the socket may live on another loop than the session. */
  private void offer(HttpServerRequest request, EngineSession session) {
    HttpConnection connection = request.connection();
    complete(request, false);
    upgrade(request, socket -> {
      socket.pause();
      session
          .loop()
          .run(() ->
              session.offer(new WebSocketTransport(socket, connection, options, session.loop())));
    });
  }

  /** Hands a request of the polling transport to its session. */
  private void serve(HttpServerRequest request, EngineSession session) {
    VertxLoop loop = new VertxLoop(vertx);
    HttpExchange exchange = new HttpExchange(request, loop, () -> complete(request, false));
    if (HttpMethod.GET.equals(request.method())) {
      exchange.onLost(() -> session.loop().run(() -> session.pollLost(exchange)));
      session.loop().run(() -> session.poll(exchange));
    } else if (!HttpMethod.POST.equals(request.method())) {
      request.response().putHeader("Allow", "GET, POST, OPTIONS");
      var unused =
          exchange.answer(HttpAnswer.refusal(405, EngineError.BAD_REQUEST.json("Bad method")));
    } else {
      post(request, exchange, session, loop);
    }
  }

  private void post(
      HttpServerRequest request, HttpExchange exchange, EngineSession session, VertxLoop loop) {
    session.loop().run(() -> session.post(exchange));
    PostBody.read(request, exchange, options, loop, new PostBody.Sink() {
      @Override
      public void arrived(Buffer body) {
        session.loop().run(() -> session.posted(exchange, body));
      }

      @Override
      public void failed(InvalidMessage fault, CloseReason reason) {
        session.loop().run(() -> session.postFailed(exchange, fault, reason));
      }
    });
  }

  private void complete(HttpServerRequest request, boolean first) {
    try {
      headers.complete(request, request.response().headers(), first);
    } catch (RuntimeException e) {
      LOG.debug("headers were not completed [cause: {}]", e.toString());
      listener.handlerFailed();
    }
  }

  private void upgrade(HttpServerRequest request, Consumer<ServerWebSocket> then) {
    request
        .toWebSocket()
        .onSuccess(then::accept)
        .onFailure(e -> LOG.debug("upgrade failed [cause: {}]", e.toString()));
  }

  private static Acceptor greetedBy(Consumer<EngineSocket> handler) {
    return (session, handshake) -> new EngineSocket(session, handshake).listener(handler);
  }

  private Handshake handshake(HttpServerRequest request) {
    return new Handshake(
        request.uri(),
        request.headers(),
        request.params(),
        new JsonObject(),
        request.remoteAddress(),
        request.isSSL(),
        clock.instant());
  }

  /** A client that asked for a WebSocket gets the message alone, as from the reference server. */
  private void refuse(
      HttpServerRequest request, EngineHandshake wish, EngineError error, String message) {
    listener.handshakeRefused(error.code());
    if (request.response().closed() || request.response().ended()) {
      return;
    }
    request.resume();
    request
        .response()
        .setStatusCode(wish.upgrade() ? 400 : error.status())
        .putHeader("Connection", "close")
        .putHeader("Content-Type", wish.upgrade() ? "text/html" : "application/json")
        .end(wish.upgrade() ? message : error.json(message))
        .onFailure(e -> LOG.debug("refusal not sent [cause: {}]", e.toString()));
  }

  /** Opens the layer above a new session. */
  interface Acceptor {

    /** Returns what listens to the session. */
    EngineSession.Listener accept(EngineSession session, Handshake handshake);
  }
}
