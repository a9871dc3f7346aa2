package io.candlehub.gateway.auth;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Who asks. Immutable.
 *
 * @param id the subject of its token, the id of its API key, or in mode none what its cookie says
 * @param roles what it may do beyond using the market data
 * @param expiresAt when its token ends, {@link Instant#MAX} for never
 */
public record Caller(String id, Set<String> roles, Instant expiresAt) {
  /** The role of those who watch over the program: metrics and the state of the feeds. */
  public static final String OPS = "ops";

  private static final String CONTEXT_KEY = Caller.class.getName();

  /** Checks presence. */
  public Caller {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(expiresAt, "expiresAt");
    roles = Set.copyOf(roles);
  }

  /**
   * Returns the caller of a request.
   *
   * @throws IllegalStateException if the route is not behind {@link CallerHandler}
   */
  public static Caller of(RoutingContext ctx) {
    Caller caller = ctx.get(CONTEXT_KEY);
    if (caller == null) {
      throw new IllegalStateException("the route is not behind the caller's handler");
    }
    return caller;
  }

  /** Says whose request it is. */
  void bindTo(RoutingContext ctx) {
    ctx.put(CONTEXT_KEY, this);
  }

  boolean isOps() {
    return roles.contains(OPS);
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  boolean expires() {
    return !expiresAt.equals(Instant.MAX);
  }

  /** Returns the name under which allowances are kept, which no address has. */
  String visitor() {
    return "caller " + id;
  }
}
