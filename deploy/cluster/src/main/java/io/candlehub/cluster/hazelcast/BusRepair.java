package io.candlehub.cluster.hazelcast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that this node cannot be reached over the bus although it is a member, and has its registrations published
 * again. Once a second it asks one peer after the other to probe back. Confined to the loop.
 */
final class BusRepair {
  private static final Logger LOG = LoggerFactory.getLogger(BusRepair.class);
  private static final long CHECK_NANOS = 1_000_000_000L;
  private static final long REST_NANOS = 10_000_000_000L;

  /** A silent member is removed after 3.5 s; one that stays and does not answer is not silent but unreachable. */
  private static final long DEAF_NANOS = 5_000_000_000L;

  private static final int FAILURES = 2;

  private final Loop loop;
  private final Peers peers;
  private final Runnable repair;
  private final Map<String, Long> answeredNanos = new HashMap<>();
  private long checkedNanos;
  private long restUntilNanos;
  private int turn;
  private int failures;

  /**
   * Creates the watch.
   *
   * @param repair publishes this node's registrations again; may be called more often than needed
   */
  BusRepair(Loop loop, Peers peers, Runnable repair) {
    this.loop = loop;
    this.peers = peers;
    this.repair = repair;
    this.checkedNanos = loop.nanos();
    this.restUntilNanos = loop.nanos();
  }

  /** A member has answered a probe. */
  void answered(String nodeId) {
    answeredNanos.put(nodeId, loop.nanos());
  }

  /** Checks if it is time to. */
  void tick(List<String> others) {
    long now = loop.nanos();
    answeredNanos.keySet().retainAll(others);
    others.forEach(nodeId -> answeredNanos.putIfAbsent(nodeId, now));
    boolean deaf =
        others.stream().anyMatch(nodeId -> now - answeredNanos.get(nodeId) >= DEAF_NANOS);
    if (deaf) {
      repairNow("a member does not answer");
    }
    if (now - checkedNanos >= CHECK_NANOS && !others.isEmpty()) {
      checkedNanos = now;
      turn = (turn + 1) % others.size();
      peers.echo(others.get(turn)).onSuccess(this::echoed);
    }
  }

  private void echoed(boolean reached) {
    failures = reached ? 0 : failures + 1;
    if (failures >= FAILURES) {
      failures = 0;
      repairNow("peers do not reach this node");
    }
  }

  private void repairNow(String cause) {
    if (loop.nanos() - restUntilNanos >= 0) {
      restUntilNanos = loop.nanos() + REST_NANOS;
      LOG.warn("registrations on the bus are published again [cause: {}]", cause);
      repair.run();
    }
  }
}
