package io.candlehub.bus;

import io.vertx.core.Future;

/** One handler at one address of a {@link FanoutCarrier}. Safe to use from any thread. */
public interface FanoutSubscription {
  /**
   * Returns when everything is heard that is published from now on. Without a connection it is done at once: nothing is
   * heard then, and {@link FanoutCarrier.Listener#restored()} will say from when on it is.
   */
  Future<Void> completion();

  /** Ends it; the handler is not called any more, at the latest when the future is done. */
  Future<Void> unregister();
}
