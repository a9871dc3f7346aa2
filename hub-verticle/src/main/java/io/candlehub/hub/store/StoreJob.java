package io.candlehub.hub.store;

import java.util.function.Function;

/**
 * One piece of work on the embedded store's file and its outcome. Confined to the store's one worker thread after it was
 * handed over.
 *
 * @param <T> the result's type
 */
final class StoreJob<T> {
  private final boolean change;
  private final Function<CandleFile, T> work;
  private boolean done;
  private T result;
  private RuntimeException failure;

  /**
   * Creates a job.
   *
   * @param change true if its effect has to be committed
   */
  StoreJob(boolean change, Function<CandleFile, T> work) {
    this.change = change;
    this.work = work;
  }

  boolean isChange() {
    return change;
  }

  boolean isDone() {
    return done;
  }

  void run(CandleFile file) {
    try {
      result = work.apply(file);
    } catch (RuntimeException e) {
      failure = e;
    }
    done = true;
  }

  void fail(RuntimeException reason) {
    done = true;
    if (failure == null) {
      failure = reason;
    }
  }

  T outcome() {
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
