package io.candlehub.gateway;

import io.candlehub.bus.CarrierState;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Subscribers;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Consumer;

/** The event bus as a carrier that loses everything while a test wants it to. Safe to use from any thread. */
public final class BreakableCarrier implements FanoutCarrier {
  private final EventBusCarrier bus;
  private final Subscribers<Listener> listeners = new Subscribers<>();
  private volatile boolean broken;

  /** Creates a carrier that works. */
  public BreakableCarrier(EventBus bus) {
    this.bus = new EventBusCarrier(bus);
  }

  /** Delivers nothing from now on. */
  public void breakOff() {
    broken = true;
    listeners.each(Listener::lost);
  }

  /** Delivers again. */
  public void mend() {
    broken = false;
    listeners.each(Listener::restored);
  }

  @Override
  public void publish(String address, Buffer body, MultiMap headers) {
    bus.publish(address, body, headers);
  }

  @Override
  public FanoutSubscription subscribe(String address, Consumer<FanoutMessage> handler) {
    return bus.subscribe(address, message -> {
      if (!broken) {
        handler.accept(message);
      }
    });
  }

  @Override
  public Registration listen(Listener listener) {
    return listeners.add(listener);
  }

  @Override
  public boolean delivers() {
    return !broken;
  }

  @Override
  public CarrierState state() {
    return new CarrierState("redis", !broken, broken ? "broken off" : "");
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
