package io.candlehub.gateway.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A loop whose time is moved by the test, on the test's thread. */
final class ManualLoop implements Loop {

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Entry> timers = new ArrayList<>();
  private long nanos = -5_000_000_000L;

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    Entry entry = new Entry(nanos + TimeUnit.MILLISECONDS.toNanos(delayMillis), task);
    timers.add(entry);
    return () -> timers.remove(entry);
  }

  /** Lets time pass; timers that become due run at their time. */
  void pass(long millis) {
    long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
    runTasks();
    Optional<Entry> next = next(end);
    while (next.isPresent()) {
      nanos = next.get().atNanos;
      timers.remove(next.get());
      next.get().task.run();
      runTasks();
      next = next(end);
    }
    nanos = end;
  }

  /** Lets time pass in which the loop does nothing, timers included. */
  void stall(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  int timers() {
    return timers.size();
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private Optional<Entry> next(long end) {
    return timers.stream()
        .filter(entry -> entry.atNanos <= end)
        .min(Comparator.comparingLong(entry -> entry.atNanos));
  }

  private static final class Entry {
    private final long atNanos;
    private final Runnable task;

    Entry(long atNanos, Runnable task) {
      this.atNanos = atNanos;
      this.task = task;
    }
  }
}
