package io.candlehub.simulator.stream;

import io.candlehub.simulator.fault.Fault;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/** A server of sockets as far as the exchange's controls are concerned. Confined to one event loop. */
public interface Sockets {
  /** Does at once what a fault demands of the sockets that are open. */
  void commit(Fault fault);

  /** Starts all events again after a jump of the clock. */
  void clockJumped();

  /** Takes a change of the clock's speed into account. */
  void clockChanged();

  /** Reads the days of some symbols again because they have changed from an instant on. */
  void reload(Predicate<String> tickers, long fromMillis);

  /** Returns the topics held, by market. */
  JsonObject topics();

  /** Cuts all sockets and stops. */
  void stop();
}
