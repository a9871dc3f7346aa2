package io.candlehub.ingest;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets equal questions in flight share one call. All waiters get the same outcome in the order they asked; nothing is
 * remembered once it is there, neither success nor failure. Confined to one event loop.
 *
 * @param <K> the question, compared by {@code equals}
 * @param <V> the answer
 */
final class SingleFlight<K, V> {
  private final Map<K, Future<V>> flights = new HashMap<>();

  /** Returns the outcome of the call in flight for a key, or starts one. */
  Future<V> run(K key, Supplier<Future<V>> call) {
    Future<V> running = flights.get(key);
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
