package io.candlehub.ingest;

import io.candlehub.ingest.FeedMeters.Question;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets equal questions in flight share one call. All waiters get the same outcome in the order they asked; nothing is
 * remembered once it is there, neither success nor failure. The key is a plain value, so that it means the same on every
 * node. Confined to one event loop.
 *
 * @param <K> the question, compared by {@code equals}
 * @param <V> the answer
 */
final class SingleFlight<K, V> {
  private final Map<K, Future<V>> flights = new HashMap<>();
  private final Question kind;
  private final FeedMeters meters;

  /**
   * Creates a set without flights.
   *
   * @param kind under which questions are counted
   */
  SingleFlight(Question kind, FeedMeters meters) {
    this.kind = kind;
    this.meters = meters;
  }

  /** Returns the outcome of the call in flight for a key, or starts one. */
  Future<V> run(K key, Supplier<Future<V>> call) {
    Future<V> running = flights.get(key);
    meters.question(kind, running != null);
    if (running != null) {
      return running;
    }
    Future<V> started = call.get();
    if (!started.isComplete()) {
      flights.put(key, started);
      started.onComplete(outcome -> flights.remove(key, started));
    }
    return started;
  }
}
