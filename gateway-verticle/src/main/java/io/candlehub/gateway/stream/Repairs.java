package io.candlehub.gateway.stream;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets only so many questions for what was missed be under way at once: after an interruption every stream has one.
 *
 * <p>Confined to the gateway's event loop.
 */
final class Repairs {
  private static final int MOST_ASKED = 64;

  private final Queue<Supplier<Future<?>>> waiting = new ArrayDeque<>();
  private int asked;

  /** Asks now, or when enough others have been answered. */
  void ask(Supplier<Future<?>> question) {
    waiting.add(question);
    next();
  }

  private void next() {
    while (asked < MOST_ASKED && !waiting.isEmpty()) {
      asked++;
      waiting.remove().get().onComplete(done -> {
        asked--;
        next();
      });
    }
  }
}
