package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Socket.IO server (Socket.IO protocol 5 on {@link EngineServer Engine.IO 4}, HTTP long polling and WebSocket) to be
 * mounted on a router as {@link EngineServer} says.
 *
 * <p>Threads: any; one server may be mounted on the routers of several event loops. Connections stay on theirs.
 */
public final class SocketIoServer {

  /** The error packet of Socket.IO 2, which its clients emit as {@code error}. */
  private static final String LEGACY_ERROR =
      "44\"Unsupported protocol version: this server needs a Socket.IO client of version 3 or 4\"";

  private final EngineServer engine;
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

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
    engine = new EngineServer(vertx, options, clock, listener);
    SocketIoConnection.Scope scope = new SocketIoConnection.Scope(
        options, this::existing, engine::newId, new Recovery(options.recovery()));
    engine.accept(
        (session, handshake) -> new SocketIoConnection(session, handshake, scope), LEGACY_ERROR);
  }

  /**
   * Returns the server of the layer below, to be told who may open a session and what headers its responses have.
   *
   * @return the server; its {@link EngineServer#onSession} is not to be used
   */
  public EngineServer engine() {
    return engine;
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
    return engine.connections();
  }

  /**
   * Handles a request to the server's path, as {@link EngineServer#handle}.
   *
   * @param ctx the request, on an event loop
   */
  public void handle(RoutingContext ctx) {
    engine.handle(ctx);
  }

  /**
   * Closes every connection, as {@link EngineServer#sendElsewhere}.
   *
   * @param reason at most 123 bytes; {@link SocketIoSocket#onDisconnect} gets it too
   * @return a future that completes when those connections are gone, at the latest after the close timeout
   * @throws IllegalArgumentException if the reason is too long
   */
  public Future<Void> sendElsewhere(String reason) {
    return engine.sendElsewhere(reason);
  }

  /**
   * Closes the server for good, as {@link EngineServer#close}.
   *
   * @param reason at most 123 bytes; {@link SocketIoSocket#onDisconnect} gets it too
   * @return a future that completes when all connections are gone, at the latest after the close timeout
   * @throws IllegalArgumentException if the reason is too long
   */
  public Future<Void> close(String reason) {
    return engine.close(reason);
  }

  private Optional<Namespace> existing(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }
}
