package io.candlehub.ingest;

import java.time.Duration;

/**
 * A bucket of tokens of which each comes back a minute after it was taken. Unlike one that refills evenly, no minute,
 * wherever it begins, holds more starts than allowed, which is how providers count; and the whole allowance can still
 * be spent in one burst. A quarter of a second is added because providers count arrivals, not departures.
 */
final class RateWindow {
  private static final long RETURN_NANOS = Duration.ofMillis(60_250).toNanos();

  private final long[] startNanos;
  private int next;
  private long total;

  /**
   * Creates a full bucket.
   *
   * @param perMinute starts allowed in any minute; 0 for no limit
   */
  RateWindow(int perMinute) {
    startNanos = new long[perMinute];
  }

  /**
   * Returns how long to wait until a start is allowed; 0 if it is now.
   *
   * @param reserved tokens that must be left afterwards, less than there are
   */
  long waitNanos(long nowNanos, int reserved) {
    int places = startNanos.length - reserved;
    if (startNanos.length == 0 || total < places) {
      return 0;
    }
    long decisive = startNanos[Math.floorMod(next - places, startNanos.length)];
    return Math.max(0, RETURN_NANOS - (nowNanos - decisive));
  }

  /** Takes a token. */
  void started(long nowNanos) {
    if (startNanos.length == 0) {
      return;
    }
    startNanos[next] = nowNanos;
    next = (next + 1) % startNanos.length;
    total++;
  }
}
