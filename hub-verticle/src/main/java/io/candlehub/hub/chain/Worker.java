package io.candlehub.hub.chain;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Runs what would hold the event loop up. */
@FunctionalInterface
public interface Worker {
  /** Runs work on another thread; the future completes on the caller's context. */
  <T> Future<T> run(Callable<T> work);
}
