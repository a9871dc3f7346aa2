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
 * Decides when a request to one provider account may start: so many at a time, so many per second and per minute, the
 * important first, none while the provider asked for silence, and after such a silence one at a time until one of them
 * got an answer. A request that cannot start fails with a hint when to try again: {@code RATE_LIMITED}
 * while the provider asked for silence, {@code UNAVAILABLE} if its turn does not come in time.
 * Confined to one event loop.
 */
public final class RequestBudget {
  private static final Duration CROWDED_RETRY = Duration.ofSeconds(1);

  private final Limits limits;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock;
  private final RateWindow minute;
  private final TokenBucket second;
  private final TreeSet<Waiting> queue =
      new TreeSet<>(Comparator.comparing(Waiting::priority).thenComparingLong(Waiting::order));
  private Scheduler.Cancellable wakeUp = () -> {};
  private long coolUntilNanos;
  private boolean cooling;
  private boolean doubtful;
  private boolean probing;
  private int running;
  private long counter;

  /**
   * What a provider account allows.
   *
   * @param perMinute request starts in any minute; 0 for no limit
   * @param perSecond request starts per second, bursts of as many included; 0 for no limit
   * @param concurrent requests at a time
   * @param queued requests waiting
   * @param longestWait how long a request may wait for its turn
   */
  public record Limits(
      int perMinute, int perSecond, int concurrent, int queued, Duration longestWait) {
    /** Checks the ranges. */
    public Limits {
      if (perMinute < 0
          || perSecond < 0
          || concurrent < 1
          || queued < 1
          || longestWait.isNegative()) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }

  /** Creates a budget without history. */
  public RequestBudget(Limits limits, Scheduler scheduler, LongSupplier nanoClock) {
    this.limits = limits;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.minute = new RateWindow(limits.perMinute());
    this.second = new TokenBucket(limits.perSecond());
  }

  /**
   * Runs a request when it is its turn. While it waits it moves with the errand's priority, and leaves the queue when the
   * errand is dropped.
   *
   * @param request starts the request
   * @return the request's outcome; fails with {@code RATE_LIMITED} during a cool-down, with {@code UNAVAILABLE} if its turn does not come or the
   *     errand was dropped before it could
   */
  public <T> Future<T> run(Errand errand, Supplier<Future<T>> request) {
    if (errand.isDropped()) {
      return Future.failedFuture(Errand.droppedFailure());
    }
    Duration left = coolDownLeft();
    if (!left.isZero()) {
      return Future.failedFuture(coolingDown(left));
    }
    Promise<T> promise = Promise.promise();
    Waiting waiting =
        new Waiting(errand, counter++, promise::fail, probe -> start(request, promise, probe));
    if (queue.size() >= limits.queued() && !makeRoom(waiting)) {
      return Future.failedFuture(crowded());
    }
    queue.add(waiting);
    errand.carriedBy(waiting);
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
    doubtful = true;
    coolUntilNanos = untilNanos;
    List<Waiting> failed = new ArrayList<>(queue);
    queue.clear();
    failed.forEach(waiting -> waiting.fail(coolingDown(duration)));
  }

  /**
   * Takes note that the provider answered a request without asking for silence. One sent after the last silence ends the
   * doubt: requests run side by side again.
   *
   * @param sentNanos when the request was sent
   */
  public void answered(long sentNanos) {
    if (doubtful && coolDownLeft().isZero() && sentNanos - coolUntilNanos >= 0) {
      doubtful = false;
      pump();
    }
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
      waiting.fail(crowded());
    }
  }

  private void pump() {
    while (!queue.isEmpty() && hasSlot(queue.first().priority())) {
      long now = nanoClock.getAsLong();
      long waitNanos = waitNanos(queue.first().priority(), now);
      if (waitNanos > 0) {
        wakeUp.cancel();
        wakeUp = scheduler.after(Duration.ofNanos(waitNanos).plusMillis(1), this::pump);
        return;
      }
      minute.started(now);
      second.take(now);
      queue.pollFirst().begin(doubtful);
    }
  }

  private boolean hasSlot(Priority priority) {
    return doubtful
        ? !probing
        : running < limits.concurrent() - priority.reservedOf(limits.concurrent());
  }

  private long waitNanos(Priority priority, long nowNanos) {
    return Math.max(
        minute.waitNanos(nowNanos, priority.reservedOf(limits.perMinute())),
        second.waitNanos(nowNanos));
  }

  private <T> void start(Supplier<Future<T>> request, Promise<T> promise, boolean probe) {
    running++;
    probing |= probe;
    Future.succeededFuture().compose(now -> request.get()).onComplete(outcome -> {
      running--;
      probing &= !probe;
      promise.handle(outcome);
      pump();
    });
  }

  private static FailureException coolingDown(Duration left) {
    return Failure.RATE_LIMITED.because("the provider asked us to slow down", left.toMillis());
  }

  private FailureException crowded() {
    Duration wait = Duration.ofNanos(waitNanos(Priority.CHART, nanoClock.getAsLong()));
    return Failure.UNAVAILABLE.because(
        "too many requests to the provider", Math.max(CROWDED_RETRY.toMillis(), wait.toMillis()));
  }

  private interface Failing {
    void fail(Throwable failure);
  }

  private interface Starter {
    void start(boolean probe);
  }

  /** A request in the queue; its place is that of the priority it had when it was put there. */
  private final class Waiting implements Errand.Carrier {
    private final Errand errand;
    private final long order;
    private final Failing failing;
    private final Starter starter;
    private Priority priority;
    private Scheduler.Cancellable timer = () -> {};

    Waiting(Errand errand, long order, Failing failing, Starter starter) {
      this.errand = errand;
      this.order = order;
      this.failing = failing;
      this.starter = starter;
      this.priority = errand.priority();
    }

    Priority priority() {
      return priority;
    }

    long order() {
      return order;
    }

    void begin(boolean probe) {
      timer.cancel();
      errand.putDown();
      starter.start(probe);
    }

    void fail(Throwable failure) {
      timer.cancel();
      errand.putDown();
      failing.fail(failure);
    }

    @Override
    public void priorityChanged() {
      if (queue.remove(this)) {
        priority = errand.priority();
        queue.add(this);
        pump();
      }
    }

    @Override
    public void dropped() {
      if (queue.remove(this)) {
        timer.cancel();
        failing.fail(Errand.droppedFailure());
      }
    }
  }
}
