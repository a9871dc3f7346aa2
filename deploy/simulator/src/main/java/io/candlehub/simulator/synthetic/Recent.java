package io.candlehub.simulator.synthetic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The values that were used last. Threads: safe anywhere; callers that want the same value wait for the one who makes it.
 * Making a value must not ask for another one of the same collection.
 */
final class Recent<K, V> {
  private static final int STRIPES = 16;

  private final int capacity;
  private final Map<K, V> kept = new LinkedHashMap<>(64, 0.75f, true);
  private final Object[] makers = new Object[STRIPES];

  Recent(int capacity) {
    this.capacity = capacity;
    for (int i = 0; i < STRIPES; i++) {
      makers[i] = new Object();
    }
  }

  V of(K key, Supplier<V> make) {
    V found = kept(key);
    if (found != null) {
      return found;
    }
    synchronized (makers[Math.floorMod(key.hashCode(), STRIPES)]) {
      V meanwhile = kept(key);
      return meanwhile != null ? meanwhile : keep(key, make.get());
    }
  }

  private V kept(K key) {
    synchronized (kept) {
      return kept.get(key);
    }
  }

  private V keep(K key, V made) {
    synchronized (kept) {
      kept.put(key, made);
      if (kept.size() > capacity) {
        kept.remove(kept.keySet().iterator().next());
      }
      return made;
    }
  }
}
