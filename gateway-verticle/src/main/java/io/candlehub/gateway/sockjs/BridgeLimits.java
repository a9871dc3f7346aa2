package io.candlehub.gateway.sockjs;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits and times of the bridge.
 *
 * @param pingTimeout time within which a client must ping
 * @param callerTimeout time within which a client must show its token, where one is needed
 * @param stallLimit longest time a client may stay blocked for writing
 * @param messageBytes the longest message accepted
 * @param queueBytes bytes waiting for a client above which it counts as blocked
 * @param handlers the most registrations and unanswered requests of a client
 * @param messagesPerSecond the most messages a client may send, on average
 */
public record BridgeLimits(
    Duration pingTimeout,
    Duration callerTimeout,
    Duration stallLimit,
    int messageBytes,
    int queueBytes,
    int handlers,
    int messagesPerSecond) {
  /** How many seconds' worth of messages may come at once. */
  static final int BURST_SECONDS = 30;

  static final int LONGEST_ADDRESS = 200;
  static final int LONGEST_REPLY_ADDRESS = 36;

  /** Checks presence and signs. */
  public BridgeLimits {
    Objects.requireNonNull(pingTimeout, "pingTimeout");
    Objects.requireNonNull(callerTimeout, "callerTimeout");
    Objects.requireNonNull(stallLimit, "stallLimit");
    if (messageBytes < 1 || queueBytes < 1 || handlers < 1) {
      throw new IllegalArgumentException("messageBytes=" + messageBytes + ", queueBytes="
          + queueBytes + " and handlers=" + handlers + " must be at least 1");
    }
  }
}
