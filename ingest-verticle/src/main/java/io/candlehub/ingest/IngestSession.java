package io.candlehub.ingest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node has open while it holds the provider: the provider itself, and the addresses at which it is asked.
 * Confined to the verticle's event loop.
 */
final class IngestSession {
  private final EventBus bus;
  private final MarketDataProvider provider;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();

  IngestSession(EventBus bus, MarketDataProvider provider) {
    this.bus = bus;
    this.provider = provider;
  }

  MarketDataProvider provider() {
    return provider;
  }

  /** Serves an address until the session ends. */
  <T> void serve(String address, Handler<Message<T>> handler) {
    consumers.add(bus.<T>consumer(address, handler));
  }

  /** Adds what is to be done at the end, after the provider's connection was closed. */
  void atEnd(Runnable ending) {
    endings.add(ending);
  }

  /** Returns when all addresses are known to the cluster. */
  Future<Void> served() {
    return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
        .mapEmpty();
  }

  /**
   * Ends the session: closes the provider's connections first, then takes the addresses away.
   *
   * @return done when the connections are closed
   */
  Future<Void> close() {
    Future<Void> closed = provider.close();
    endings.forEach(Runnable::run);
    Future<?> silent =
        Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    return silent.otherwiseEmpty().transform(outcome -> closed);
  }
}
