package io.candlehub.redis;

import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** One handler of this node, called on the context it came from. Safe to use from any thread. */
final class LocalSubscription implements FanoutSubscription {
  private final String address;
  private final Context context;
  private final Consumer<FanoutMessage> handler;
  private final Consumer<LocalSubscription> remover;
  private final Promise<Void> heard = Promise.promise();
  private final Promise<Void> removed = Promise.promise();
  private volatile boolean ended;

  /**
   * Creates a subscription that nobody knows yet.
   *
   * @param remover takes it off the carrier, which then calls {@link #removed()}
   */
  LocalSubscription(
      String address,
      Context context,
      Consumer<FanoutMessage> handler,
      Consumer<LocalSubscription> remover) {
    this.address = address;
    this.context = context;
    this.handler = handler;
    this.remover = remover;
  }

  String address() {
    return address;
  }

  @Override
  public Future<Void> completion() {
    return heard.future();
  }

  @Override
  public Future<Void> unregister() {
    if (!ended) {
      ended = true;
      remover.accept(this);
    }
    return removed.future();
  }

  /** Tells its owner that it is heard, or that it will hear of it. */
  void heard() {
    context.runOnContext(ignored -> heard.tryComplete());
  }

  /** Tells its owner that nothing comes any more. */
  void removed() {
    context.runOnContext(ignored -> {
      heard.tryComplete();
      removed.tryComplete();
    });
  }

  /**
   * Delivers a message.
   *
   * @param done run when the handler has returned
   */
  void deliver(FanoutMessage message, Runnable done) {
    context.runOnContext(ignored -> {
      done.run();
      if (!ended) {
        handler.accept(message);
      }
    });
  }
}
