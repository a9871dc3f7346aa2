package io.candlehub.ingest;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Waiting times that double from attempt to attempt, each lengthened by up to half at random so that many clients do
 * not come back together. Confined to one event loop.
 */
public final class Backoff {
  private static final double JITTER = 0.5;
  private static final int MAX_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private int attempts;

  /**
   * Creates a back-off.
   *
   * @param first the first wait, before jitter
   * @param longest the longest wait, before jitter
   * @param random uniform in [0, 1)
   */
  public Backoff(Duration first, Duration longest, DoubleSupplier random) {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("waits " + first + ".." + longest + " must ascend");
    }
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Returns how long to wait before the next attempt. */
  public Duration next() {
    double doubled = first.toMillis() * (double) (1L << Math.min(attempts++, MAX_DOUBLINGS));
    double plain = Math.min((double) longest.toMillis(), doubled);
    return Duration.ofMillis(Math.round(plain * (1 + JITTER * random.getAsDouble())));
  }

  /** Starts over with the first wait. */
  public void reset() {
    attempts = 0;
  }
}
