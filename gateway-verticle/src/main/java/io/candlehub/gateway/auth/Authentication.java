package io.candlehub.gateway.auth;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.model.Scheduler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Tells for every protocol who a caller is, by the one method that is configured. Tokens are read from headers and
 * messages, never from a query. Confined to the gateway's event loop.
 */
public final class Authentication {
  private static final String BEARER = "bearer ";
  private static final String API_KEY_HEADER = "X-API-Key";

  private final boolean needed;
  private final Authenticator authenticator;
  private final Visitors visitors;
  private final Scheduler scheduler;
  private final InstantSource clock;

  /**
   * Creates it.
   *
   * @param config how callers identify themselves
   * @param visitors counts the sessions of each caller
   * @param scheduler runs the ends of tokens on the gateway's event loop
   * @param clock wall time
   */
  public Authentication(
      AuthConfig config, Visitors visitors, Scheduler scheduler, InstantSource clock) {
    this.needed = config.isNeeded();
    this.authenticator = config.authenticator(clock);
    this.visitors = Objects.requireNonNull(visitors);
    this.scheduler = Objects.requireNonNull(scheduler);
    this.clock = Objects.requireNonNull(clock);
  }

  /** Returns true if callers must identify themselves. */
  public boolean isNeeded() {
    return needed;
  }

  /**
   * Returns whose allowance a request is taken from.
   *
   * @param address the remote address, whose it is unless the request has a valid token
   */
  public String payer(HttpServerRequest request, String address) {
    if (!needed) {
      return address;
    }
    try {
      return caller(request).visitor();
    } catch (FailureException anonymous) {
      return address;
    }
  }

  /**
   * Identifies the caller of a request by {@code Authorization: Bearer} or {@code X-API-Key}.
   *
   * @throws FailureException {@link Failure#UNAUTHENTICATED}, also if it has more than one token, or {@link
   *     Failure#TOKEN_EXPIRED}
   */
  Caller caller(HttpServerRequest request) {
    List<String> tokens = new ArrayList<>(request.headers().getAll(API_KEY_HEADER));
    for (String credentials : request.headers().getAll(HttpHeaders.AUTHORIZATION)) {
      if (!credentials.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        throw Failure.UNAUTHENTICATED.because("Authorization must be Bearer");
      }
      tokens.add(credentials.substring(BEARER.length()).strip());
    }
    if (tokens.isEmpty()) {
      throw Authenticator.missing();
    }
    if (tokens.size() > 1) {
      throw Failure.UNAUTHENTICATED.because("more than one token is given");
    }
    return authenticator.identify(tokens.get(0));
  }

  /**
   * Judges who wants to open a session of a socket protocol.
   *
   * @param token what the message has as token, of whatever type; may be null
   * @throws FailureException {@link Failure#UNAUTHENTICATED}, {@link Failure#TOKEN_EXPIRED}, or {@link
   *     Failure#LIMIT_EXCEEDED} if the caller has too many sessions
   */
  public void admit(Object token) {
    if (needed) {
      requireRoom(identify(token));
    }
  }

  /**
   * Begins a session of a socket protocol, whose caller is not known yet.
   *
   * @param onExpired told once when the token of its caller ends
   */
  public SessionCaller session(Runnable onExpired) {
    return new SessionCaller(this, visitors, scheduler, clock, onExpired);
  }

  Caller identify(Object token) {
    if (token == null) {
      throw Authenticator.missing();
    }
    if (!(token instanceof String text)) {
      throw Authenticator.invalid();
    }
    return authenticator.identify(text);
  }

  void requireRoom(Caller caller) {
    if (!visitors.hasRoom(caller.visitor())) {
      throw Failure.LIMIT_EXCEEDED.because("too many sessions of this caller");
    }
  }
}
