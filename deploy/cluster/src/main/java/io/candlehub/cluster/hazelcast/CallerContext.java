package io.candlehub.cluster.hazelcast;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;

/** The Vert.x context of whoever called, to call back on; without one, calls run where they are made. */
final class CallerContext {
  private final Optional<Context> context;

  private CallerContext(Optional<Context> context) {
    this.context = context;
  }

  static CallerContext current() {
    return new CallerContext(Optional.ofNullable(Vertx.currentContext()));
  }

  void run(Runnable task) {
    if (context.isPresent()) {
      context.get().runOnContext(ignored -> task.run());
    } else {
      task.run();
    }
  }

  /** Returns a future that completes here as another does elsewhere. */
  <T> Future<T> receive(Future<T> elsewhere) {
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(result -> run(() -> promise.handle(result)));
    return promise.future();
  }
}
