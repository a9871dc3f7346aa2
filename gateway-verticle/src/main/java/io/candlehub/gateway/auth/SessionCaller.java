package io.candlehub.gateway.auth;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whose a session of a socket protocol is, from its first token to the end of its last. A later token of the same caller
 * prolongs the session. Confined to the gateway's event loop.
 */
public final class SessionCaller {
  /** Wall time may be set meanwhile, so a far end is looked at again. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Authentication authentication;
  private final Visitors visitors;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Runnable onExpired;
  private Scheduler.Cancellable timer = () -> {};
  private Caller caller;
  private boolean closed;

  SessionCaller(
      Authentication authentication,
      Visitors visitors,
      Scheduler scheduler,
      InstantSource clock,
      Runnable onExpired) {
    this.authentication = authentication;
    this.visitors = visitors;
    this.scheduler = scheduler;
    this.clock = clock;
    this.onExpired = onExpired;
  }

  /**
   * Takes a token that came with a message.
   *
   * @param token what the message has as token, of whatever type; may be null
   * @throws FailureException {@link Failure#UNAUTHENTICATED}, {@link Failure#TOKEN_EXPIRED}, {@link Failure#FORBIDDEN} if
   *     it is another caller's than before, or {@link Failure#LIMIT_EXCEEDED} if the caller has too many sessions
   */
  public void present(Object token) {
    if (!authentication.isNeeded() || closed) {
      return;
    }
    Caller shown = authentication.identify(token);
    if (caller == null) {
      authentication.requireRoom(shown);
      visitors.enter(shown.visitor());
    } else if (!caller.id().equals(shown.id())) {
      throw Failure.FORBIDDEN.because("the session is another caller's");
    }
    caller = shown;
    timer.cancel();
    expectEnd();
  }

  /**
   * Checks that the session has a caller whose token is still good, if callers must identify themselves.
   *
   * @throws FailureException {@link Failure#UNAUTHENTICATED} or {@link Failure#TOKEN_EXPIRED}
   */
  public void require() {
    if (!authentication.isNeeded()) {
      return;
    }
    if (caller == null) {
      throw Authenticator.missing();
    }
    if (caller.isExpired(clock.instant())) {
      throw Authenticator.expired();
    }
  }

  /** Returns false while a caller is needed and not known. */
  public boolean isKnown() {
    return caller != null || !authentication.isNeeded();
  }

  /** Ends the session. Does nothing if it has ended. */
  public void close() {
    if (!closed) {
      closed = true;
      timer.cancel();
      if (caller != null) {
        visitors.leave(caller.visitor());
      }
    }
  }

  private void expectEnd() {
    if (!caller.expires()) {
      return;
    }
    Instant now = clock.instant();
    if (caller.isExpired(now)) {
      onExpired.run();
      return;
    }
    Duration left = Duration.between(now, caller.expiresAt());
    timer =
        scheduler.after(left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT, this::expectEnd);
  }
}
