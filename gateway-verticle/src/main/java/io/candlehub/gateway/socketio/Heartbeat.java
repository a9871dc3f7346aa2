package io.candlehub.gateway.socketio;

import java.time.Duration;

/**
 * When a session has to ping, and when it has waited long enough.
 *
 * <p>All deadlines are absolute, so late timers do not add up; yet a client always has at least half of the timeout after
 * its ping was sent. While the connection is blocked for writing only the stall
 * limit counts: the client cannot be blamed for a ping that has not reached it. Once it drains, the heartbeat starts
 * anew.
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

  private enum State {
    IDLE,
    AWAITING_PONG,
    BLOCKED
  }

  private final long intervalNanos;
  private final long timeoutNanos;
  private final long stallNanos;
  private State state = State.IDLE;
  private long deadlineNanos;

  Heartbeat(SocketIoOptions options, long nowNanos) {
    this.intervalNanos = nanos(options.pingInterval());
    this.timeoutNanos = nanos(options.pingTimeout());
    this.stallNanos = nanos(options.stallLimit());
    restart(nowNanos);
  }

  /** Returns what is due now and moves on to the next deadline. */
  Action due(long nowNanos) {
    if (nowNanos - deadlineNanos < 0) {
      return Action.NONE;
    }
    if (state == State.BLOCKED) {
      return Action.STALLED;
    }
    if (state == State.AWAITING_PONG) {
      return Action.PING_TIMEOUT;
    }
    state = State.AWAITING_PONG;
    deadlineNanos = Math.max(deadlineNanos + timeoutNanos, nowNanos + timeoutNanos / 2);
    return Action.PING;
  }

  /** Returns the time of the next deadline. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  void pong(long nowNanos) {
    if (state == State.AWAITING_PONG) {
      restart(nowNanos);
    }
  }

  void blocked(long nowNanos) {
    state = State.BLOCKED;
    deadlineNanos = nowNanos + stallNanos;
  }

  void drained(long nowNanos) {
    restart(nowNanos);
  }

  private void restart(long nowNanos) {
    state = State.IDLE;
    deadlineNanos = nowNanos + intervalNanos;
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
