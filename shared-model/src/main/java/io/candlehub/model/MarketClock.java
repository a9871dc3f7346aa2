package io.candlehub.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The market's clock: wall time with real providers, the simulator's time on a simulated market (architecture §7).
 * Implementations never go back and are safe to read from any thread.
 */
public interface MarketClock extends InstantSource {
  /** Returns market now in epoch millis. */
  @Override
  long millis();

  /** Returns market seconds per wall second; 0 while paused. */
  double speed();

  @Override
  default Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /**
   * Returns how long to wait on the wall clock until a market instant; zero if it has passed, at most an hour, and a
   * quarter of a second while the clock is paused, after which the caller asks again.
   */
  default Duration wallDelayUntil(long marketMillis) {
    long ahead = marketMillis - millis();
    if (ahead <= 0) {
      return Duration.ZERO;
    }
    double speed = speed();
    if (speed <= 0) {
      return Duration.ofMillis(250);
    }
    return Duration.ofMillis(Math.min(3_600_000L, (long) Math.ceil(ahead / speed)));
  }

  /** Returns the clock of a real market over a wall clock. */
  static MarketClock of(InstantSource wall) {
    return new MarketClock() {
      @Override
      public long millis() {
        return wall.millis();
      }

      @Override
      public double speed() {
        return 1;
      }
    };
  }
}
