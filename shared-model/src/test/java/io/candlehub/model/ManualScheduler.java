package io.candlehub.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A scheduler driven by hand together with a {@link ManualClock}: nothing runs until the test lets time pass. */
public final class ManualScheduler implements Scheduler {
  private final ManualClock clock;
  private final List<Planned> planned = new ArrayList<>();
  private long counter;

  /** Creates a scheduler that moves a clock along. */
  public ManualScheduler(ManualClock clock) {
    this.clock = clock;
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Planned plan = new Planned(clock.millis() + delay.toMillis(), counter++, task);
    planned.add(plan);
    return () -> planned.remove(plan);
  }

  /** Lets time pass, running what comes due in order. */
  public void advance(Duration duration) {
    long until = clock.millis() + duration.toMillis();
    while (true) {
      Planned next = planned.stream()
          .filter(plan -> plan.dueMillis <= until)
          .min(Comparator.comparingLong(Planned::dueMillis).thenComparingLong(Planned::order))
          .orElse(null);
      if (next == null) {
        break;
      }
      planned.remove(next);
      clock.advance(Math.max(0, next.dueMillis - clock.millis()));
      next.task.run();
    }
    clock.advance(until - clock.millis());
  }

  /** Returns how many runs are planned. */
  public int pending() {
    return planned.size();
  }

  private record Planned(long dueMillis, long order, Runnable task) {}
}
