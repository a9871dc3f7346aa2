package io.candlehub.model;

import java.time.Duration;

/**
 * Waits for a market instant by re-reading the clock at least every half second, so that a change of speed or a pause
 * is noticed. Confined to the scheduler's event loop.
 */
final class MarketTimer implements Scheduler.Cancellable {
  private static final Duration LONGEST_NAP = Duration.ofMillis(500);

  private final Scheduler scheduler;
  private final MarketClock clock;
  private final long marketMillis;
  private final Runnable task;
  private Scheduler.Cancellable nap = () -> {};
  private boolean cancelled;

  private MarketTimer(Scheduler scheduler, MarketClock clock, long marketMillis, Runnable task) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.marketMillis = marketMillis;
    this.task = task;
  }

  static MarketTimer arm(Scheduler scheduler, MarketClock clock, long marketMillis, Runnable task) {
    MarketTimer timer = new MarketTimer(scheduler, clock, marketMillis, task);
    timer.sleep();
    return timer;
  }

  private void sleep() {
    Duration wait = clock.wallDelayUntil(marketMillis);
    nap = scheduler.after(wait.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : wait, this::wake);
  }

  private void wake() {
    if (cancelled) {
      return;
    }
    if (clock.millis() >= marketMillis) {
      task.run();
    } else {
      sleep();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    nap.cancel();
  }
}
