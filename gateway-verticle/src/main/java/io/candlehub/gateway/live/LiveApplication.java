package io.candlehub.gateway.live;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.access.Refusals;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.gateway.auth.Authentication;
import io.candlehub.gateway.socketio.ConnectRefusedException;
import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.Handshake;
import io.candlehub.gateway.socketio.InvalidMessage;
import io.candlehub.gateway.socketio.Namespace;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.socketio.SocketIoServer;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.watch.Watchlists;
import io.candlehub.model.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The Socket.IO application on its server. Confined to the gateway's event loop. */
public final class LiveApplication {
  private final SocketIoServer server;
  private final String path;

  /**
   * Creates the application; it serves once it is mounted.
   *
   * @param vertx runs the connections' timers
   * @param options limits and times of the protocol
   * @param authentication tells who a client is
   * @param visitors counts the sessions of each address
   * @param streams what clients may follow
   * @param watchlists what clients watch without a stream
   * @param scheduler runs the application's timers on the gateway's event loop
   * @param nanoClock elapsed wall time
   * @param limits what one client may hold open and send
   * @param clock wall time
   * @param registry where clients are counted
   */
  public LiveApplication(
      Vertx vertx,
      SocketIoOptions options,
      Authentication authentication,
      Visitors visitors,
      Streams streams,
      Watchlists<JsonObject, JsonObject> watchlists,
      Scheduler scheduler,
      LongSupplier nanoClock,
      LiveLimits limits,
      InstantSource clock,
      MeterRegistry registry) {
    this.path = options.path();
    Refusals refusals = new Refusals(registry);
    this.server = new SocketIoServer(vertx, options, clock, counting(refusals, visitors));
    server.engine().authorise(handshake -> admission(visitors, handshake));
    Gauge.builder("candlehub.gateway.clients", server, SocketIoServer::connections)
        .tag("protocol", "socketio")
        .description("Connected clients")
        .register(registry);
    LiveClient.Ground ground = new LiveClient.Ground(
        authentication, streams, watchlists, scheduler, nanoClock, limits, refusals);
    server
        .namespace(Namespace.MAIN)
        .authorise(handshake -> admission(authentication, handshake))
        .onConnect(socket -> LiveClient.attach(socket, ground));
  }

  private static Future<Void> admission(Visitors visitors, Handshake handshake) {
    if (visitors.hasRoom(address(visitors, handshake))) {
      return Future.succeededFuture();
    }
    FailureException tooMany =
        Failure.LIMIT_EXCEEDED.because("too many sessions from this address");
    return Future.failedFuture(new ConnectRefusedException(tooMany.getMessage(), tooMany.toJson()));
  }

  private static String address(Visitors visitors, Handshake handshake) {
    return visitors.address(handshake.remoteAddress(), handshake.headers());
  }

  private static Future<Void> admission(Authentication authentication, Handshake handshake) {
    try {
      authentication.admit(LiveClient.token(handshake));
      return Future.succeededFuture();
    } catch (FailureException refusal) {
      return Future.failedFuture(
          new ConnectRefusedException(refusal.getMessage(), refusal.toJson()));
    }
  }

  private static EngineListener counting(Refusals refusals, Visitors visitors) {
    return new EngineListener() {
      @Override
      public void sessionOpened(Handshake handshake) {
        visitors.enter(address(visitors, handshake));
      }

      @Override
      public void sessionGone(Handshake handshake) {
        visitors.leave(address(visitors, handshake));
      }

      @Override
      public void handshakeRefused(int code) {
        refusals.count("socketio-handshake");
      }

      @Override
      public void namespaceRefused() {
        refusals.count("socketio-namespace");
      }

      @Override
      public void messageInvalid(InvalidMessage.Kind kind) {
        refusals.count("socketio-" + Refusals.rule(kind));
      }

      @Override
      public void connectionClosed(String reason) {
        if (reason.equals("SLOW_CLIENT")) {
          refusals.count("socketio-slow-client");
        }
      }
    };
  }

  /** Adds the protocol's path to a router; to be mounted behind the access rules and ahead of any body handler. */
  public void mount(Router router) {
    router.route(path + "*").handler(server::handle);
  }

  /** Tells every client to reconnect elsewhere and closes its connection; others may come. */
  public void sendElsewhere(String reason) {
    server.sendElsewhere(reason);
  }

  /** Tells every client to reconnect elsewhere, closes its connection and takes no others. */
  public Future<Void> close(String reason) {
    return server.close(reason);
  }
}
