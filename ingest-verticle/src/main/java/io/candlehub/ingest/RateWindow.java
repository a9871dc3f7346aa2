package io.candlehub.ingest;

import java.time.Duration;

/**
 * Counts request starts in a sliding minute. Unlike a bucket that refills, no minute, wherever it begins, holds more
 * starts than allowed, which is how providers count.
 */
final class RateWindow {
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final long[] startNanos;
  private int next;
  private long total;

  /**
   * Creates a window.
   *
   * @param perMinute starts allowed in any minute; 0 for no limit
   */
  RateWindow(int perMinute) {
    startNanos = new long[perMinute];
  }

  /** Returns how long to wait until a start is allowed; 0 if it is now. */
  long waitNanos(long nowNanos) {
    if (total < startNanos.length || startNanos.length == 0) {
      return 0;
    }
    return Math.max(0, MINUTE_NANOS - (nowNanos - startNanos[next]));
  }

  /** Counts a start. */
  void started(long nowNanos) {
    if (startNanos.length == 0) {
      return;
    }
    startNanos[next] = nowNanos;
    next = (next + 1) % startNanos.length;
    total++;
  }
}
