package io.candlehub.gateway.access;

import io.candlehub.bus.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Applies the access rules to every request, upgrades included, sets the security headers and answers preflights.
 *
 * <p>The transports of the socket protocols post other content types; for them, as for everything, the origin decides.
 */
public final class AccessHandler implements Handler<RoutingContext> {
  /** lightweight-charts puts the style of its attribution mark into the page. */
  private static final String CONTENT_SECURITY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'";

  private final AccessRules rules;
  private final List<String> socketPaths;
  private final Refusals refusals;

  /**
   * Creates the handler.
   *
   * @param rules the rules
   * @param socketPaths the paths under which the socket protocols are mounted, ending with {@code /}
   * @param registry where refusals are counted
   */
  public AccessHandler(AccessRules rules, List<String> socketPaths, MeterRegistry registry) {
    this.rules = rules;
    this.socketPaths = List.copyOf(socketPaths);
    this.refusals = new Refusals(registry);
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    secure(request);
    List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
    Optional<AccessRules.Refusal> refusal =
        rules.refusal(request.headers().getAll(HttpHeaders.HOST), origins);
    if (refusal.isPresent()) {
      refuse(ctx, refusal.get());
      return;
    }
    if (!origins.isEmpty()) {
      share(ctx.response(), origins.get(0));
      if (isPreflight(request)) {
        ctx.response()
            .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, OPTIONS")
            .putHeader(
                HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, X-API-Key")
            .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
            .setStatusCode(204)
            .end();
        return;
      }
    }
    if (HttpMethod.POST.equals(request.method()) && !isSocket(ctx) && !isJson(request)) {
      refusals.count("content-type");
      ctx.fail(Failure.INVALID_PARAMETER.because("Content-Type must be application/json"));
      return;
    }
    ctx.next();
  }

  private static void secure(HttpServerRequest request) {
    if (request.isSSL()) {
      request.response().putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    request
        .response()
        .putHeader("Content-Security-Policy", CONTENT_SECURITY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
  }

  private static void share(HttpServerResponse response, String origin) {
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After")
        .putHeader(HttpHeaders.VARY, "Origin");
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return HttpMethod.OPTIONS.equals(request.method())
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private boolean isSocket(RoutingContext ctx) {
    return socketPaths.stream().anyMatch(ctx.normalizedPath()::startsWith);
  }

  /** A request without a body carries nothing that could be misread. */
  private static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
          && List.of("0").containsAll(request.headers().getAll(HttpHeaders.CONTENT_LENGTH));
    }
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private void refuse(RoutingContext ctx, AccessRules.Refusal refusal) {
    refusals.count(Refusals.rule(refusal));
    ctx.fail(Failure.FORBIDDEN.because(
        refusal == AccessRules.Refusal.HOST
            ? "host is not allowed (http.allowed-hosts)"
            : "origin is not allowed (http.allowed-origins)"));
  }
}
