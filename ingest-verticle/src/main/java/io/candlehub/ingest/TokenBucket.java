package io.candlehub.ingest;

import java.time.Duration;

/** Tokens that refill evenly, a second's worth at most: short bursts pass, stampedes are stretched. */
final class TokenBucket {
  private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final int perSecond;
  private double tokens;
  private long filledNanos;
  private boolean used;

  /**
   * Creates a full bucket.
   *
   * @param perSecond tokens that come back in a second, and most it holds; 0 for no limit
   */
  TokenBucket(int perSecond) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
  }

  /** Returns how long to wait until there is a token; 0 if there is one now. */
  long waitNanos(long nowNanos) {
    if (perSecond == 0) {
      return 0;
    }
    refill(nowNanos);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * SECOND_NANOS / perSecond);
  }

  /** Takes a token. */
  void take(long nowNanos) {
    if (perSecond > 0) {
      refill(nowNanos);
      tokens--;
    }
  }

  private void refill(long nowNanos) {
    if (used) {
      double added = (nowNanos - filledNanos) * perSecond / SECOND_NANOS;
      tokens = Math.min(perSecond, tokens + added);
    }
    used = true;
    filledNanos = nowNanos;
  }
}
