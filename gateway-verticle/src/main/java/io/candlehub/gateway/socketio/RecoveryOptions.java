package io.candlehub.gateway.socketio;

import java.time.Duration;

/**
 * Connection state recovery: whether a client that lost its connection gets back its socket and what was sent meanwhile.
 *
 * <p>With it every event without acknowledgement carries one more argument, its offset, which handlers of fixed arity do
 * not expect; so it is off unless asked for.
 *
 * <p>Threads: immutable.
 *
 * @param maxDisconnection how long a lost client's state is kept, and how far back its events are; zero for no recovery
 * @param logBytes events kept per socket, in bytes; the oldest go first
 * @param maxLost sockets kept for lost clients; one more is not kept
 * @param skipAuthorisation whether a recovered socket passes {@link Namespace#authorise} by
 */
public record RecoveryOptions(
    Duration maxDisconnection, int logBytes, int maxLost, boolean skipAuthorisation) {

  /** No recovery. */
  public static final RecoveryOptions OFF = new RecoveryOptions(Duration.ZERO, 0, 0, true);

  /**
   * Validates the options.
   *
   * @throws IllegalArgumentException if the time or the size is negative
   */
  public RecoveryOptions {
    if (maxDisconnection.isNegative() || logBytes < 0 || maxLost < 0) {
      throw new IllegalArgumentException("limits of the recovery must not be negative"
          + " [maxDisconnection: " + maxDisconnection + ", logBytes: " + logBytes + ", maxLost: "
          + maxLost + "]");
    }
  }

  /**
   * Returns the protocol's recovery with the reference implementation's time of two minutes, authorisation passed by,
   * 256 KiB of events per socket and 10,000 lost sockets.
   *
   * @return the recovery
   */
  public static RecoveryOptions on() {
    return new RecoveryOptions(Duration.ofMinutes(2), 256 * 1024, 10_000, true);
  }

  boolean enabled() {
    return !maxDisconnection.isZero();
  }
}
