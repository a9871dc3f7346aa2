package io.candlehub.ingest;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusHeaders;
import io.candlehub.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node has open while it holds the provider: the provider itself, and the addresses at which it is asked.
 * Confined to the verticle's event loop.
 */
final class IngestSession {
  private final EventBus bus;
  private final MarketDataProvider provider;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private final Map<String, Handler<Message<Object>>> commands = new HashMap<>();
  private final List<Runnable> endings = new ArrayList<>();

  /** Creates a session of the node that leads. */
  IngestSession(EventBus bus, String nodeId, MarketDataProvider provider) {
    this.bus = bus;
    this.provider = provider;
    consumers.add(bus.<Object>consumer(Addresses.ingestCommand(nodeId), this::command));
  }

  MarketDataProvider provider() {
    return provider;
  }

  /** Serves an address until the session ends, for those who know this node and for those who do not. */
  @SuppressWarnings("unchecked")
  <T> void serve(String address, Handler<Message<T>> handler) {
    consumers.add(bus.<T>consumer(address, handler));
    commands.put(address, message -> handler.handle((Message<T>) message));
  }

  private void command(Message<Object> message) {
    Handler<Message<Object>> command =
        commands.get(String.valueOf(message.headers().get(BusHeaders.COMMAND)));
    if (command == null) {
      Failure.UNSUPPORTED.because("no such question").replyTo(message);
    } else {
      command.handle(message);
    }
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
