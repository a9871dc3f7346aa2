package io.candlehub.bus;

import io.candlehub.model.Scheduler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs tasks on one Vert.x context, whichever thread plans them. */
public final class VertxScheduler implements Scheduler {
  private final Vertx vertx;
  private final Context context;

  /** Creates a scheduler for the context of the calling verticle. */
  public VertxScheduler(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    long timer = vertx.setTimer(
        Math.max(1, delay.toMillis()), id -> context.runOnContext(ignored -> task.run()));
    return () -> vertx.cancelTimer(timer);
  }
}
