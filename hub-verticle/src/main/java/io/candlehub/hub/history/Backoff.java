package io.candlehub.hub.history;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from half a second to half a minute, spread by a fifth, never
 * less than what the other side asked for. Not safe for use by several threads.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 30_000;
  private static final double SPREAD = 0.2;

  private final RandomGenerator random;
  private int failures;

  /** Creates a back-off without failures. */
  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Forgets all failures. */
  public void reset() {
    failures = 0;
  }

  /** Counts a failure and returns how long to wait on the wall clock. */
  public Duration failed(long retryAfterMillis) {
    long millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
    failures++;
    double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.max(retryAfterMillis, Math.round(millis * spread)));
  }
}
