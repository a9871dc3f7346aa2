package io.candlehub.gateway.socketio;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The event loop of a Vert.x context; created on that loop. */
final class VertxLoop implements Loop {

  private final Vertx vertx;
  private final Context context;
  private final Thread thread;

  VertxLoop(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    if (!context.isEventLoopContext()) {
      throw new IllegalStateException("connections need an event loop context");
    }
    this.thread = Thread.currentThread();
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    context.runOnContext(done -> task.run());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    long id = vertx.setTimer(Math.max(1, delayMillis), fired -> task.run());
    return () -> vertx.cancelTimer(id);
  }
}
