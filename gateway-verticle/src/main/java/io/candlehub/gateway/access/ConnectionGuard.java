package io.candlehub.gateway.access;

import io.candlehub.bus.Failure;
import io.candlehub.model.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps clients from holding the server up: counts connections and requests by remote address, and closes a connection
 * whose next request does not arrive in time, however slowly its bytes trickle in. Confined to the gateway's event loop.
 */
public final class ConnectionGuard implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
  private static final Duration NEXT_REQUEST = Duration.ofSeconds(75);
  private static final Duration BODY = Duration.ofSeconds(10);
  private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Visitors visitors;
  private final VisitorLimits limits;
  private final List<String> unmetered;
  private final BiFunction<HttpServerRequest, String, String> payer;
  private final Scheduler scheduler;
  private final Refusals refusals;
  private final IdentityHashMap<HttpConnection, Guarded> connections = new IdentityHashMap<>();

  private static final class Guarded {
    private final boolean tooMany;
    private int requests;
    private Scheduler.Cancellable deadline = () -> {};

    Guarded(boolean tooMany) {
      this.tooMany = tooMany;
    }
  }

  /**
   * Creates the guard.
   *
   * @param visitors counts what each address, and each caller, holds open and asks for
   * @param limits what one of them may
   * @param unmetered paths of the socket protocols, whose requests are messages and are not counted here
   * @param payer tells whose allowance a request is taken from, given its address
   * @param scheduler runs the deadlines on the gateway's event loop
   * @param registry where refusals and connections are counted
   */
  public ConnectionGuard(
      Visitors visitors,
      VisitorLimits limits,
      List<String> unmetered,
      BiFunction<HttpServerRequest, String, String> payer,
      Scheduler scheduler,
      MeterRegistry registry) {
    this.visitors = visitors;
    this.limits = limits;
    this.unmetered = List.copyOf(unmetered);
    this.payer = payer;
    this.scheduler = scheduler;
    this.refusals = new Refusals(registry);
    Gauge.builder("candlehub.gateway.connections", connections, IdentityHashMap::size)
        .description("Open connections")
        .register(registry);
  }

  /** Takes a new connection. */
  public void opened(HttpConnection connection) {
    String address = connection.remoteAddress().hostAddress();
    int now = visitors.connected(address);
    boolean proxied = visitors.isProxy(address);
    Guarded guarded = new Guarded(!proxied && now > limits.connections());
    connections.put(connection, guarded);
    watch(connection, () -> {
      guarded.deadline.cancel();
      connections.remove(connection);
      visitors.disconnected(address);
    });
    if (!proxied && now > 2L * limits.connections()) {
      refusals.count("connections");
      close(connection);
    } else {
      expect(connection, guarded, FIRST_REQUEST);
    }
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    Guarded guarded = connections.get(request.connection());
    if (guarded == null) {
      ctx.next();
      return;
    }
    guarded.requests++;
    guarded.deadline.cancel();
    ctx.addEndHandler(ended -> {
      guarded.requests--;
      if (guarded.requests == 0) {
        expect(request.connection(), guarded, NEXT_REQUEST);
      }
    });
    if (guarded.tooMany) {
      refusals.count("connections");
      ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      ctx.fail(Failure.LIMIT_EXCEEDED.because("too many connections from this address"));
      return;
    }
    if (isMetered(request) && !pays(ctx)) {
      return;
    }
    if (!WITHOUT_BODY.contains(request.method())) {
      guarded.deadline = scheduler.after(BODY, () -> {
        if (!request.isEnded()) {
          refusals.count("slow-body");
          close(request.connection());
        }
      });
    }
    ctx.next();
  }

  private boolean pays(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String address = visitors.address(request.remoteAddress(), request.headers());
    String visitor = payer.apply(request, address);
    long waitMillis = visitors.request(visitor);
    if (waitMillis == 0) {
      return true;
    }
    refusals.count("requests");
    String whose = visitor.equals(address) ? "from this address" : "of this caller";
    ctx.fail(Failure.LIMIT_EXCEEDED.because("too many requests " + whose, waitMillis));
    return false;
  }

  private boolean isMetered(HttpServerRequest request) {
    String path = request.path();
    return path == null || unmetered.stream().noneMatch(path::startsWith);
  }

  private void expect(HttpConnection connection, Guarded guarded, Duration within) {
    guarded.deadline.cancel();
    if (connections.containsKey(connection)) {
      guarded.deadline = scheduler.after(within, () -> {
        refusals.count("slow-request");
        close(connection);
      });
    }
  }

  /** The connection's own close handler hears nothing of a connection that became a WebSocket. */
  private static void watch(HttpConnection connection, Runnable task) {
    if (connection instanceof HttpServerConnection http) {
      UnpooledInput.of(http);
      http.channelHandlerContext().channel().closeFuture().addListener(closed -> task.run());
    } else {
      connection.closeHandler(closed -> task.run());
    }
  }

  private static void close(HttpConnection connection) {
    connection.close().onFailure(e -> LOG.debug("not closed [cause: {}]", e.toString()));
  }
}
