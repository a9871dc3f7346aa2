package io.candlehub.gateway.auth;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;

/** Tells who a token belongs to. Confined to the gateway's event loop; must not block. */
@FunctionalInterface
interface Authenticator {
  /** Tokens beyond this are refused unread. */
  int LONGEST_TOKEN = 8_192;

  /**
   * Identifies a caller.
   *
   * @param token what it presents
   * @throws FailureException {@link Failure#UNAUTHENTICATED} or {@link Failure#TOKEN_EXPIRED}; the message tells nothing
   *     of the token
   */
  Caller identify(String token);

  /** Returns the refusal of a token that is not valid, whatever is wrong with it. */
  static FailureException invalid() {
    return Failure.UNAUTHENTICATED.because("the token is not valid");
  }

  /** Returns the refusal of a caller without a token. */
  static FailureException missing() {
    return Failure.UNAUTHENTICATED.because("a token is needed");
  }

  /** Returns the refusal of a token whose time is over. */
  static FailureException expired() {
    return Failure.TOKEN_EXPIRED.because("the token has expired");
  }
}
