package io.candlehub.gateway.stream;

import io.candlehub.cluster.Registration;
import java.util.HashMap;
import java.util.Map;

/**
 * Topics without a stream of their own that clients want, each demanded as long as one client holds it.
 *
 * <p>Confined to the gateway's event loop.
 */
final class HeldTopics {
  private final DemandLease demand;
  private final Map<String, Integer> holders = new HashMap<>();

  HeldTopics(DemandLease demand) {
    this.demand = demand;
  }

  /** Demands a topic until the registration is cancelled; cancelling again does nothing. */
  Registration hold(String topic) {
    if (holders.merge(topic, 1, Integer::sum) == 1) {
      demand.add(topic);
    }
    boolean[] held = {true};
    return () -> {
      if (held[0]) {
        held[0] = false;
        release(topic);
      }
    };
  }

  private void release(String topic) {
    if (holders.merge(topic, -1, Integer::sum) == 0) {
      holders.remove(topic);
      demand.remove(topic);
    }
  }
}
