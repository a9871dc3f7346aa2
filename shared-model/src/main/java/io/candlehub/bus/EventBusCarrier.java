package io.candlehub.bus;

import io.candlehub.cluster.Registration;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * The event bus as carrier. It registers consumers by node and address, so only nodes that listen get a message, and
 * within one node nothing is copied. It has no connection of its own: that nodes find each other again is the cluster's
 * matter, and a hub that comes back says so itself.
 */
public final class EventBusCarrier implements FanoutCarrier {
  /** The value of {@code fanout.mode} that means this carrier. */
  public static final String MODE = "eventbus";

  private static final CarrierState STATE = new CarrierState(MODE, true, "");

  private final EventBus bus;

  /** Creates a carrier over an event bus. */
  public EventBusCarrier(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public void publish(String address, Buffer body, MultiMap headers) {
    bus.publish(address, body, new DeliveryOptions().setHeaders(headers));
  }

  @Override
  public FanoutSubscription subscribe(String address, Consumer<FanoutMessage> handler) {
    return new Consumed(bus.consumer(
        address,
        message -> handler.accept(new FanoutMessage(address, message.headers(), message.body()))));
  }

  @Override
  public Registration listen(Listener listener) {
    return () -> {};
  }

  @Override
  public boolean delivers() {
    return true;
  }

  @Override
  public CarrierState state() {
    return STATE;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private record Consumed(MessageConsumer<Buffer> consumer) implements FanoutSubscription {
    @Override
    public Future<Void> completion() {
      return consumer.completion();
    }

    @Override
    public Future<Void> unregister() {
      return consumer.unregister();
    }
  }
}
