package io.candlehub.gateway.access;

/**
 * What one remote address, and one caller that identifies itself, may hold open and ask for.
 *
 * @param connections the most connections, and the most sessions of the socket protocols
 * @param requestsPerSecond the most requests a second on average
 */
public record VisitorLimits(int connections, int requestsPerSecond) {
  /** Checks the values. */
  public VisitorLimits {
    if (connections < 1 || requestsPerSecond < 1) {
      throw new IllegalArgumentException("connections=" + connections + " and requestsPerSecond="
          + requestsPerSecond + " must be at least 1");
    }
  }
}
