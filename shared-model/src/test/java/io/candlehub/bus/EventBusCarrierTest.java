package io.candlehub.bus;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

/** The contract, within a node. */
class EventBusCarrierTest extends FanoutCarrierContract {
  private final Vertx vertx = Vertx.vertx();

  @Override
  protected FanoutCarrier publisher() {
    return new EventBusCarrier(vertx.eventBus());
  }

  @Override
  protected FanoutCarrier listener() {
    return new EventBusCarrier(vertx.eventBus());
  }

  @Override
  protected FanoutCarrier otherListener() {
    return new EventBusCarrier(vertx.eventBus());
  }

  @Override
  protected Vertx vertx() {
    return vertx;
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }
}
