package io.candlehub.gateway.auth;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.access.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets nobody through whose caller is not known; every route mounted behind it needs a caller, and {@link #ops} one with
 * that role. Confined to the gateway's event loop.
 */
public final class CallerHandler implements Handler<RoutingContext> {
  private final Authentication authentication;
  private final CallerCookie cookie;
  private final Refusals refusals;

  /**
   * Creates the handler.
   *
   * @param authentication tells who calls
   * @param secure whether the server is reached by TLS
   * @param registry where refusals are counted
   */
  public CallerHandler(Authentication authentication, boolean secure, MeterRegistry registry) {
    this.authentication = authentication;
    this.cookie = new CallerCookie(secure);
    this.refusals = new Refusals(registry);
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (!authentication.isNeeded()) {
      cookie.caller(ctx).bindTo(ctx);
      ctx.next();
      return;
    }
    try {
      authentication.caller(ctx.request()).bindTo(ctx);
    } catch (FailureException refusal) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer");
      refuse(ctx, refusal);
      return;
    }
    ctx.next();
  }

  /** Lets callers with the role {@value Caller#OPS} through, or everybody where nobody needs to identify himself. */
  public void ops(RoutingContext ctx) {
    if (authentication.isNeeded() && !Caller.of(ctx).isOps()) {
      refuse(ctx, Failure.FORBIDDEN.because("the role ops is needed"));
    } else {
      ctx.next();
    }
  }

  private void refuse(RoutingContext ctx, FailureException refusal) {
    refusals.count(Refusals.rule(refusal.code()));
    ctx.fail(refusal);
  }
}
