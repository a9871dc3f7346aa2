package io.candlehub.gateway.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Mounts routes the one way they all work: timed, with the methods they have and the refusal of all others. Confined to
 * the gateway's event loop.
 */
public final class RouteTable {
  /** The media type of JSON. */
  public static final String JSON = "application/json; charset=utf-8";

  private static final long MOST_BODY_BYTES = 65_536;

  private final Router router;
  private final MeterRegistry registry;
  private final LongSupplier nanoClock;

  /**
   * Creates the table of a router.
   *
   * @param router takes the routes
   * @param registry where requests are timed
   * @param nanoClock elapsed wall time
   */
  public RouteTable(Router router, MeterRegistry registry, LongSupplier nanoClock) {
    this.router = router;
    this.registry = registry;
    this.nanoClock = nanoClock;
  }

  /** Adds a route that answers with one piece of JSON. */
  public void json(String path, Function<RoutingContext, Future<Buffer>> handler) {
    answer(path, JSON, handler);
  }

  /** Adds a route that answers with one piece of a media type. */
  public void answer(String path, String type, Function<RoutingContext, Future<Buffer>> handler) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(ctx -> answer(ctx, path, type, handler));
    refuseOthers(path, "GET, HEAD");
  }

  /** Adds a route whose JSON can be read, and written by a body. */
  void stored(
      String path,
      Function<RoutingContext, Future<Buffer>> reader,
      Function<RoutingContext, Future<Buffer>> writer) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(ctx -> answer(ctx, path, JSON, reader));
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
        .handler(ctx -> answer(ctx, path, JSON, writer));
    refuseOthers(path, "GET, HEAD, POST");
  }

  private void answer(
      RoutingContext ctx,
      String path,
      String type,
      Function<RoutingContext, Future<Buffer>> handler) {
    timed(ctx, path);
    attempt(() -> handler.apply(ctx))
        .compose(body -> ctx.response()
            .putHeader("Content-Type", type)
            .putHeader("Cache-Control", "no-store")
            .end(body))
        .onFailure(ctx::fail);
  }

  /** Adds a route that writes its answer itself. */
  void stream(
      String path, List<HttpMethod> allowed, Function<RoutingContext, Future<Void>> handler) {
    Route route = router.route(path);
    allowed.forEach(route::method);
    route.handler(ctx -> {
      timed(ctx, path);
      attempt(() -> handler.apply(ctx)).onFailure(ctx::fail);
    });
    refuseOthers(path, allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
  }

  /** Adds a route that takes a body and accepts it with status 202. */
  void post(String path, Function<RoutingContext, Future<JsonObject>> handler) {
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
        .handler(ctx -> {
          timed(ctx, path);
          attempt(() -> handler.apply(ctx))
              .compose(answer -> ctx.response()
                  .setStatusCode(202)
                  .putHeader("Content-Type", JSON)
                  .end(answer.toBuffer()))
              .onFailure(ctx::fail);
        });
    refuseOthers(path, "POST");
  }

  private void refuseOthers(String path, String allowed) {
    router.route(path).handler(ctx -> {
      timed(ctx, path);
      ctx.response().putHeader("Allow", allowed);
      ctx.fail(405);
    });
  }

  private static <T> Future<T> attempt(Callable<Future<T>> task) {
    try {
      return task.call();
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private void timed(RoutingContext ctx, String route) {
    long startNanos = nanoClock.getAsLong();
    ctx.addEndHandler(done -> Timer.builder("candlehub.gateway.rest.requests")
        .tag("route", route)
        .tag("status", Integer.toString(ctx.response().getStatusCode()))
        .description("Time from a request to the end of its answer")
        .register(registry)
        .record(Duration.ofNanos(nanoClock.getAsLong() - startNanos)));
  }
}
