package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides when a request to one provider account may start: so many at a time, so many per minute, the important first,
 * none while the provider asked for silence. A request that cannot start in time fails with {@code RATE_LIMITED} and a
 * hint when to try again. Confined to one event loop.
 */
public final class RequestBudget {
  private static final Duration CROWDED_RETRY = Duration.ofSeconds(1);

  private final Limits limits;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock;
  private final RateWindow window;
  private final TreeSet<Waiting> queue =
      new TreeSet<>(Comparator.comparing(Waiting::priority).thenComparingLong(Waiting::order));
  private Scheduler.Cancellable wakeUp = () -> {};
  private long coolUntilNanos;
  private boolean cooling;
  private int running;
  private long counter;

  /**
   * What a provider account allows.
   *
   * @param perMinute request starts in any minute; 0 for no limit
   * @param concurrent requests at a time
   * @param queued requests waiting
   * @param longestWait how long a request may wait for its turn
   */
  public record Limits(int perMinute, int concurrent, int queued, Duration longestWait) {
    /** Checks the ranges. */
    public Limits {
      if (perMinute < 0 || concurrent < 1 || queued < 1 || longestWait.isNegative()) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }

  /** Creates a budget without history. */
  public RequestBudget(Limits limits, Scheduler scheduler, LongSupplier nanoClock) {
    this.limits = limits;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.window = new RateWindow(limits.perMinute());
  }

  /**
   * Runs a request when it is its turn.
   *
   * @param request starts the request
   * @return the request's outcome; fails with {@code RATE_LIMITED} if it may not start
   */
  public <T> Future<T> run(Priority priority, Supplier<Future<T>> request) {
    Duration left = coolDownLeft();
    if (!left.isZero()) {
      return Future.failedFuture(coolingDown(left));
    }
    Promise<T> promise = Promise.promise();
    Waiting waiting =
        new Waiting(priority, counter++, promise::fail, () -> start(request, promise));
    if (queue.size() >= limits.queued() && !makeRoom(waiting)) {
      return Future.failedFuture(crowded());
    }
    queue.add(waiting);
    pump();
    if (queue.contains(waiting)) {
      waiting.timer = scheduler.after(limits.longestWait(), () -> expire(waiting));
    }
    return promise.future();
  }

  /** Lets no request start for a while and fails those that wait; a shorter time than what is left changes nothing. */
  public void coolDown(Duration duration) {
    long untilNanos = nanoClock.getAsLong() + duration.toNanos();
    if (cooling && untilNanos - coolUntilNanos < 0) {
      return;
    }
    cooling = true;
    coolUntilNanos = untilNanos;
    List<Waiting> failed = new ArrayList<>(queue);
    queue.clear();
    failed.forEach(waiting -> waiting.fail(coolingDown(duration)));
  }

  /** Returns how long no request may start; zero if they may. */
  public Duration coolDownLeft() {
    if (!cooling) {
      return Duration.ZERO;
    }
    long leftNanos = coolUntilNanos - nanoClock.getAsLong();
    if (leftNanos <= 0) {
      cooling = false;
      return Duration.ZERO;
    }
    return Duration.ofMillis(Math.max(1, Duration.ofNanos(leftNanos).toMillis()));
  }

  private boolean makeRoom(Waiting newcomer) {
    Waiting last = queue.last();
    if (last.priority().compareTo(newcomer.priority()) <= 0) {
      return false;
    }
    queue.remove(last);
    last.fail(crowded());
    return true;
  }

  private void expire(Waiting waiting) {
    if (queue.remove(waiting)) {
      waiting.fail(Failure.RATE_LIMITED.because(
          "too many requests to the provider", limits.longestWait().toMillis()));
    }
  }

  private void pump() {
    while (running < limits.concurrent() && !queue.isEmpty()) {
      long now = nanoClock.getAsLong();
      long waitNanos = window.waitNanos(now);
      if (waitNanos > 0) {
        wakeUp.cancel();
        wakeUp = scheduler.after(Duration.ofNanos(waitNanos).plusMillis(1), this::pump);
        return;
      }
      window.started(now);
      Waiting next = queue.pollFirst();
      next.timer.cancel();
      next.starter.run();
    }
  }

  private <T> void start(Supplier<Future<T>> request, Promise<T> promise) {
    running++;
    Future.succeededFuture().compose(now -> request.get()).onComplete(outcome -> {
      running--;
      promise.handle(outcome);
      pump();
    });
  }

  private static FailureException coolingDown(Duration left) {
    return Failure.RATE_LIMITED.because("the provider asked us to slow down", left.toMillis());
  }

  private static FailureException crowded() {
    return Failure.RATE_LIMITED.because(
        "too many requests to the provider", CROWDED_RETRY.toMillis());
  }

  private interface Failing {
    void fail(Throwable failure);
  }

  private static final class Waiting {
    private final Priority priority;
    private final long order;
    private final Failing failing;
    private final Runnable starter;
    private Scheduler.Cancellable timer = () -> {};

    Waiting(Priority priority, long order, Failing failing, Runnable starter) {
      this.priority = priority;
      this.order = order;
      this.failing = failing;
      this.starter = starter;
    }

    Priority priority() {
      return priority;
    }

    long order() {
      return order;
    }

    void fail(Throwable failure) {
      timer.cancel();
      failing.fail(failure);
    }
  }
}
