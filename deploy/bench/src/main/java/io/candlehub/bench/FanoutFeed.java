package io.candlehub.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands a server updates at a fixed rate, its streams in turn, until closed. The time in an update is when it was due, so
 * that a server which does not take them in time cannot hide it.
 */
final class FanoutFeed implements AutoCloseable {
  private final Target target;
  private final int streams;
  private final long periodNanos;
  private final Thread thread = new Thread(this::run, "feed");
  private volatile boolean closed;
  private final AtomicLong updates = new AtomicLong();

  /** Takes updates. */
  @FunctionalInterface
  interface Target {
    /**
     * Takes the next update of a stream.
     *
     * @param micros when it was due
     */
    void publish(int stream, long micros);
  }

  /**
   * Begins to publish.
   *
   * @param perSecond updates of each stream in a second
   */
  FanoutFeed(Target target, int streams, double perSecond) {
    this.target = target;
    this.streams = streams;
    this.periodNanos = (long) (TimeUnit.SECONDS.toNanos(1) / (perSecond * streams));
    thread.start();
  }

  /** Returns how many updates were handed over. */
  long updates() {
    return updates.get();
  }

  private void run() {
    long due = System.nanoTime();
    for (int stream = 0; !closed; stream = (stream + 1) % streams) {
      due += periodNanos;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      target.publish(stream, TimeUnit.NANOSECONDS.toMicros(due));
      updates.incrementAndGet();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
