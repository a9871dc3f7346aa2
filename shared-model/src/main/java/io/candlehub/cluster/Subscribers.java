package io.candlehub.cluster;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Listeners of one kind, each called on the Vert.x context it was added from, in the order of the calls; one added
 * outside of Vert.x is called on the caller's thread. Safe to use from any thread.
 *
 * @param <L> the listener's type
 */
public final class Subscribers<L> {
  private final List<Subscriber<L>> subscribers = new CopyOnWriteArrayList<>();

  /** Adds a listener. */
  public Registration add(L listener) {
    Subscriber<L> subscriber =
        new Subscriber<>(listener, Optional.ofNullable(Vertx.currentContext()));
    subscribers.add(subscriber);
    return () -> subscribers.removeIf(one -> one == subscriber);
  }

  /** Calls every listener. */
  public void each(Consumer<L> call) {
    subscribers.forEach(subscriber -> subscriber.run(() -> call.accept(subscriber.listener)));
  }

  private static final class Subscriber<L> {
    private final L listener;
    private final Optional<Context> context;

    Subscriber(L listener, Optional<Context> context) {
      this.listener = listener;
      this.context = context;
    }

    void run(Runnable call) {
      if (context.isPresent()) {
        context.get().runOnContext(ignored -> call.run());
      } else {
        call.run();
      }
    }
  }
}
