package io.candlehub.gateway.rest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into the error of contract §3 with its status of §7. The one exit for failures. */
public final class RestFailures implements Handler<RoutingContext> {
  /** Where a route leaves the form of its errors, a function from the failure to the body, if it has its own. */
  public static final String FORM = "failure-form";

  private static final Logger LOG = LoggerFactory.getLogger(RestFailures.class);
  private static final long DEFAULT_RETRY_SECONDS = 1;

  /** Makes this the exit for every failure of a router, requests whose path cannot be read included. */
  public void mount(Router router) {
    router.route().failureHandler(this);
    router.errorHandler(400, ctx -> send(ctx, malformed(), 400));
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      ctx.request().connection().close().onFailure(e -> LOG.debug("connection not closed", e));
      return;
    }
    FailureException failure = failure(ctx);
    if (failure.code() == Failure.INTERNAL) {
      LOG.error("request failed [path: {}]", ctx.request().path(), ctx.failure());
    }
    boolean wrongMethod = ctx.failure() == null && ctx.statusCode() == 405;
    send(ctx, failure, wrongMethod ? 405 : failure.code().httpStatus());
  }

  private static void send(RoutingContext ctx, FailureException failure, int status) {
    HttpServerResponse response = ctx.response();
    if (status == 429 || status == 503) {
      long millis = failure.retryAfterMillis();
      long seconds = millis > 0 ? (millis + 999) / 1000 : DEFAULT_RETRY_SECONDS;
      response.putHeader("Retry-After", Long.toString(seconds));
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(body(ctx, failure).toBuffer())
        .onFailure(e -> LOG.debug("error not sent [path: {}]", ctx.request().path(), e));
  }

  private static JsonObject body(RoutingContext ctx, FailureException failure) {
    Function<FailureException, JsonObject> form = ctx.get(FORM);
    return form == null ? new JsonObject().put("error", failure.toJson()) : form.apply(failure);
  }

  private static FailureException malformed() {
    return Failure.INVALID_PARAMETER.because("the request is malformed");
  }

  private static FailureException failure(RoutingContext ctx) {
    if (ctx.failure() instanceof FailureException known) {
      return known;
    }
    if (ctx.failure() != null && !ctx.request().isEnded()) {
      // A body that cannot be read, such as chunks without a size, is the client's fault.
      return malformed();
    }
    return switch (ctx.statusCode()) {
      case 400, 417 -> malformed();
      case 403 -> Failure.FORBIDDEN.because("not allowed");
      case 404 -> Failure.NO_DATA.because("no such resource");
      case 405 -> Failure.INVALID_PARAMETER.because("the method is not allowed here");
      case 413 -> Failure.TOO_LARGE.because("the body is too large");
      default -> FailureException.of(ctx.failure());
    };
  }
}
