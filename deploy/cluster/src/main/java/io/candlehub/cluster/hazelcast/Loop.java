package io.candlehub.cluster.hazelcast;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one thread of control of the cluster module, and its clocks.
 *
 * @param executor runs tasks on the cluster's context, in order
 * @param scheduler runs tasks there later
 * @param nanoClock elapsed time; runs on while the process is stopped
 */
record Loop(Executor executor, Scheduler scheduler, LongSupplier nanoClock) {
  long nanos() {
    return nanoClock.getAsLong();
  }

  /** Runs a call on the loop and returns its outcome on the caller's context. */
  <T> Future<T> call(Supplier<Future<T>> call) {
    CallerContext caller = CallerContext.current();
    Promise<T> promise = Promise.promise();
    executor.execute(() -> call.get().onComplete(promise));
    return caller.receive(promise.future());
  }

  /** Returns a future that ends as another, or fails with a {@link TimeoutException} if that takes too long. */
  <T> Future<T> limited(Future<T> future, Duration limit) {
    Promise<T> promise = Promise.promise();
    Scheduler.Cancellable timer = scheduler.after(
        limit, () -> promise.tryFail(new TimeoutException("took longer than " + limit)));
    future.onComplete(result -> {
      timer.cancel();
      if (result.succeeded()) {
        promise.tryComplete(result.result());
      } else {
        promise.tryFail(result.cause());
      }
    });
    return promise.future();
  }
}
