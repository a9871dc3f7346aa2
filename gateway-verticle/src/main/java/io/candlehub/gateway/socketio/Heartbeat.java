package io.candlehub.gateway.socketio;

import java.time.Duration;

/**
 * When a session has to ping, and when it has waited long enough.
 *
 * <p>A ping is due an interval after the one before, whatever else is sent: official clients count on it. While the
 * connection is blocked for writing only the stall limit counts: a ping would wait with the rest, and the client cannot be
 * blamed for one that has not reached it. A ping that fell due meanwhile is due at once when the connection drains. The wait
 * for a pong stands still while blocked, and goes on for as long again as the blocking took, at most the timeout. A client
 * always has at least half of the timeout after its ping was sent, however late the timers are.
 *
 * <p>Threads: confined to the loop of the session. Times are in nanoseconds of the loop's clock.
 */
final class Heartbeat {

  /** What is due. */
  enum Action {
    NONE,
    PING,
    PING_TIMEOUT,
    STALLED
  }

  private final long intervalNanos;
  private final long timeoutNanos;
  private final long stallNanos;
  private long pingNanos;
  private long pongNanos;
  private long blockedNanos;
  private boolean awaitingPong;
  private boolean blocked;

  Heartbeat(SocketIoOptions options, long nowNanos) {
    this.intervalNanos = nanos(options.pingInterval());
    this.timeoutNanos = nanos(options.pingTimeout());
    this.stallNanos = nanos(options.stallLimit());
    this.pingNanos = nowNanos + intervalNanos;
  }

  /** Returns what is due now and moves on to the next deadline. */
  Action due(long nowNanos) {
    if (nowNanos - deadlineNanos() < 0) {
      return Action.NONE;
    }
    if (blocked) {
      return Action.STALLED;
    }
    if (awaitingPong && nowNanos - pongNanos >= 0) {
      return Action.PING_TIMEOUT;
    }
    if (!awaitingPong) {
      awaitingPong = true;
      pongNanos = Math.max(pingNanos + timeoutNanos, nowNanos + timeoutNanos / 2);
    }
    pingNanos = nowNanos + intervalNanos;
    return Action.PING;
  }

  /** Returns the time of the next deadline. */
  long deadlineNanos() {
    if (blocked) {
      return blockedNanos + stallNanos;
    }
    return awaitingPong && pongNanos - pingNanos <= 0 ? pongNanos : pingNanos;
  }

  void pong() {
    awaitingPong = false;
  }

  void blocked(long nowNanos) {
    blocked = true;
    blockedNanos = nowNanos;
  }

  void drained(long nowNanos) {
    if (blocked) {
      blocked = false;
      long took = nowNanos - blockedNanos;
      pingNanos = Math.max(pingNanos, nowNanos);
      pongNanos = Math.max(pongNanos + took, nowNanos + Math.min(took, timeoutNanos));
    }
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
