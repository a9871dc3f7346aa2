package io.candlehub.gateway.sockjs;

import io.candlehub.gateway.access.Refusals;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.gateway.auth.Authentication;
import io.candlehub.gateway.socketio.Farewell;
import io.candlehub.gateway.socketio.SendBuffer;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.model.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event-bus bridge at {@code /eventbus}. SockJS carries it; the protocol on top is served from the gateway's own
 * streams, so a browser never becomes a consumer on the bus.
 *
 * <p>Two transports are off: a script or frame of a foreign page could use JSONP and HTML files without sending an
 * origin.
 */
public final class EventBusBridge {
  /** Where the bridge is mounted. */
  public static final String PATH = "/eventbus/";

  /** After these answers Vert.x closes the connection without saying so, and a client that reuses it fails. */
  private static final Pattern ENDS_CONNECTION =
      Pattern.compile(".*/(?:xhr|xhr_streaming|eventsource)");

  private static final Logger LOG = LoggerFactory.getLogger(EventBusBridge.class);

  private static final int POLICY = 1008;

  private final Vertx vertx;
  private final Streams streams;
  private final BridgeLimits limits;
  private final Authentication authentication;
  private final Visitors visitors;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock;
  private final Refusals refusals;
  private final Set<BridgeClient> clients = new LinkedHashSet<>();
  private boolean closing;

  /**
   * Creates the bridge; it serves once it is mounted.
   *
   * @param vertx runs the transports
   * @param streams what clients may follow
   * @param limits limits and times
   * @param authentication tells who a client is
   * @param visitors counts the sessions of each address
   * @param scheduler runs the bridge's timers on the gateway's event loop
   * @param nanoClock elapsed wall time
   * @param registry where clients are counted
   */
  public EventBusBridge(
      Vertx vertx,
      Streams streams,
      BridgeLimits limits,
      Authentication authentication,
      Visitors visitors,
      Scheduler scheduler,
      LongSupplier nanoClock,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.streams = streams;
    this.limits = limits;
    this.authentication = authentication;
    this.visitors = visitors;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.refusals = new Refusals(registry);
    Gauge.builder("candlehub.gateway.clients", clients, Set::size)
        .tag("protocol", "sockjs")
        .description("Connected clients")
        .register(registry);
  }

  /** Adds the bridge's paths to a router; to be mounted behind the access rules. */
  public void mount(Router router) {
    SockJSHandlerOptions options =
        new SockJSHandlerOptions().addDisabledTransport("JSON_P").addDisabledTransport("HTML_FILE");
    router.routeWithRegex("/eventbus/iframe[^/]*").handler(ctx -> ctx.fail(404));
    router.route(PATH + "*").handler(ctx -> {
      // Compression would hold back what a streaming transport has written.
      ctx.response().putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
      if (ENDS_CONNECTION.matcher(ctx.normalizedPath()).matches()) {
        ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
      ctx.next();
    });
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(limits.messageBytes());
    router.route(PATH + "*").handler(ctx -> {
      // Some clients announce an empty body with their upgrade, which must stay unread.
      if (ctx.request().canUpgradeToWebSocket()) {
        ctx.next();
      } else {
        bodies.handle(ctx);
      }
    });
    router
        .route(PATH + "*")
        .subRouter(SockJSHandler.create(vertx, options).socketHandler(this::accept));
    router.route(PATH + "*").handler(ctx -> ctx.fail(404));
  }

  private void accept(SockJSSocket socket) {
    if (closing) {
      socket.close(1001, "SHUTTING_DOWN");
      return;
    }
    String address = visitors.address(
        socket.remoteAddress(), socket.routingContext().request().headers());
    if (!visitors.hasRoom(address)) {
      refused("sessions");
      socket.close(POLICY, "LIMIT_EXCEEDED");
      return;
    }
    visitors.enter(address);
    SendBuffer.limit(socket.routingContext().request().connection());
    BridgeClient client = new BridgeClient(
        socket, authentication, streams, limits, scheduler, nanoClock, this::refused);
    clients.add(client);
    socket.handler(client::received);
    socket.exceptionHandler(e -> {
      LOG.debug("bridge connection failed [cause: {}]", e.toString());
      if (e instanceof CorruptedWebSocketFrameException corrupted
          && WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(corrupted.closeStatus())) {
        client.overflowed();
      }
    });
    socket.closeHandler(done -> {
      visitors.leave(address);
      clients.remove(client);
      client.closed();
    });
  }

  private void refused(String code) {
    refusals.count("sockjs-" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /**
   * Tells every client that the node stops, closes its connection and takes no others.
   *
   * @return completes when all have been told
   */
  public Future<Void> close() {
    closing = true;
    return sendElsewhere("SHUTTING_DOWN");
  }

  /**
   * Closes every client's connection ({@link Farewell}); others may come.
   *
   * @return completes when all have been told
   */
  public Future<Void> sendElsewhere(String reason) {
    return Farewell.say(
        vertx,
        clients.stream()
            .map(client -> (Runnable) () -> {
              if (clients.contains(client)) {
                client.sendElsewhere(reason);
              }
            })
            .toList());
  }
}
