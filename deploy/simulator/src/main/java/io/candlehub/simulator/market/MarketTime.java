package io.candlehub.simulator.market;

import java.util.function.LongSupplier;

/**
 * The one clock of the exchange: market time = start + elapsed wall time x speed, with pause and seek.
 *
 * <p>It stops at the market's end. Threads: safe anywhere; changes are made by one thread at a time.
 */
public final class MarketTime {
  private final LongSupplier nanoClock;
  private final long endMillis;
  private volatile State state;

  /**
   * Creates a running clock.
   *
   * @param nanoClock elapsed wall time in nanos
   * @param startMillis market time now
   * @param endMillis where it stops, {@link Long#MAX_VALUE} if nowhere
   * @param speed market seconds per wall second
   */
  public MarketTime(LongSupplier nanoClock, long startMillis, long endMillis, double speed) {
    this.nanoClock = nanoClock;
    this.endMillis = endMillis;
    this.state = new State(startMillis, nanoClock.getAsLong(), speed, false);
  }

  /** Returns market time in epoch millis. */
  public long millis() {
    return Math.min(endMillis, (long) exact(state));
  }

  private double exact(State from) {
    if (from.paused) {
      return from.marketMillis;
    }
    return from.marketMillis + (nanoClock.getAsLong() - from.wallNanos) * from.speed / 1e6;
  }

  /** Returns market seconds per wall second. */
  public double speed() {
    return state.speed;
  }

  /** Returns true while the clock is stopped by order. */
  public boolean paused() {
    return state.paused;
  }

  /** Returns true once the clock has reached the end of the last day. */
  public boolean ended() {
    return millis() >= endMillis;
  }

  /** Changes the speed from now on. */
  public void setSpeed(double speed) {
    State old = state;
    state = new State(
        Math.min(exact(old), (double) endMillis), nanoClock.getAsLong(), speed, old.paused);
  }

  /** Stops or restarts the clock. */
  public void setPaused(boolean paused) {
    State old = state;
    state = new State(
        Math.min(exact(old), (double) endMillis), nanoClock.getAsLong(), old.speed, paused);
  }

  /** Moves the clock to an instant, forwards or backwards. */
  public void seek(long millis) {
    State old = state;
    state = new State(Math.min(millis, endMillis), nanoClock.getAsLong(), old.speed, old.paused);
  }

  /** Returns how many wall millis pass until a market instant; {@link Long#MAX_VALUE} if it never comes. */
  public long wallMillisUntil(long millis) {
    State now = state;
    if (now.paused || millis > endMillis) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, (long) Math.ceil((millis - exact(now)) / now.speed));
  }

  private record State(double marketMillis, long wallNanos, double speed, boolean paused) {}
}
