package io.candlehub.gateway.access;

/**
 * How often something may happen: a number a second on average, some seconds' worth of it at once. It keeps one number,
 * the time at which all that was taken would have been earned (the generic cell rate algorithm of ITU-T I.371, annex A).
 * Confined to one event loop.
 */
public final class Allowance {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long MILLI_NANOS = 1_000_000;

  private final long gapNanos;
  private final long burstNanos;
  private long earnedNanos;

  /**
   * Creates a full allowance.
   *
   * @param perSecond how many a second, at least 1
   * @param burstSeconds how many seconds' worth may come at once, at least 1
   * @param nowNanos the clock's present time
   */
  public Allowance(int perSecond, int burstSeconds, long nowNanos) {
    if (perSecond < 1 || burstSeconds < 1) {
      throw new IllegalArgumentException(
          "perSecond=" + perSecond + " and burstSeconds=" + burstSeconds + " must be at least 1");
    }
    gapNanos = SECOND_NANOS / perSecond;
    burstNanos = burstSeconds * SECOND_NANOS;
    earnedNanos = nowNanos;
  }

  /** Takes one if there is one; what is refused costs nothing. */
  public boolean take(long nowNanos) {
    if (owedNanos(nowNanos) + gapNanos > burstNanos) {
      return false;
    }
    earnedNanos = nowNanos + owedNanos(nowNanos) + gapNanos;
    return true;
  }

  /** Returns in how many milliseconds there will be one, 0 if there is. */
  public long retryAfterMillis(long nowNanos) {
    long missing = owedNanos(nowNanos) + gapNanos - burstNanos;
    return missing <= 0 ? 0 : (missing + MILLI_NANOS - 1) / MILLI_NANOS;
  }

  /** Returns true if nothing was taken that is not earned again. */
  public boolean isFull(long nowNanos) {
    return owedNanos(nowNanos) == 0;
  }

  private long owedNanos(long nowNanos) {
    return Math.max(0, earnedNanos - nowNanos);
  }
}
