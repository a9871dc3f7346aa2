package io.candlehub.model;

import java.time.Duration;

/** Runs tasks later, on the caller's event loop. Tests use one that is driven by hand. */
public interface Scheduler {
  /**
   * Runs a task once after a wall-clock delay.
   *
   * @param delay zero means as soon as the current work is done
   * @return a handle that prevents the run if it has not begun
   */
  Cancellable after(Duration delay, Runnable task);

  /**
   * Runs a task once market time has reached an instant, whatever happens to the market clock's speed meanwhile.
   *
   * @param clock the market's clock
   * @param marketMillis when, in market time
   */
  default Cancellable atMarket(MarketClock clock, long marketMillis, Runnable task) {
    return MarketTimer.arm(this, clock, marketMillis, task);
  }

  /** A planned run that can be called off. */
  @FunctionalInterface
  interface Cancellable {
    /** Prevents the run if it has not begun; harmless otherwise. */
    void cancel();
  }
}
