package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who wants which topics (bus addresses), each owner's set as one lease that ends unless it is renewed; a topic stays
 * for the linger time after its last owner left, unless it is about options. Confined to the hub's event loop.
 */
final class DemandLedger {
  /** In place of a node, for an owner whose demand ends by its lease alone. */
  static final String NO_NODE = "";

  private final Scheduler scheduler;
  private final Duration linger;
  private final Runnable listener;
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<String, Scheduler.Cancellable> lingering = new HashMap<>();
  private Set<String> wanted = Set.of();

  /** Creates a ledger; the listener is called after every change of what is wanted. */
  DemandLedger(Scheduler scheduler, Duration linger, Runnable listener) {
    this.scheduler = scheduler;
    this.linger = linger;
    this.listener = listener;
  }

  private record Lease(String node, Set<String> topics, Scheduler.Cancellable end) {}

  /** Replaces an owner's complete set, for a while; an empty set ends the lease. */
  void set(String owner, Set<String> topics, Duration lease) {
    set(owner, NO_NODE, topics, lease);
  }

  /** Replaces the complete set of an owner that lives on a node, for a while but no longer than the node is there. */
  void set(String owner, String node, Set<String> topics, Duration lease) {
    Lease former = leases.remove(owner);
    if (former != null) {
      former.end.cancel();
    }
    if (!topics.isEmpty()) {
      leases.put(
          owner, new Lease(node, Set.copyOf(topics), scheduler.after(lease, () -> end(owner))));
    }
    update();
  }

  /** Ends the leases of all who lived on nodes that are gone. */
  void left(Set<String> nodes) {
    boolean any = leases.values().removeIf(lease -> {
      if (nodes.contains(lease.node)) {
        lease.end.cancel();
      }
      return nodes.contains(lease.node);
    });
    if (any) {
      update();
    }
  }

  private void end(String owner) {
    leases.remove(owner);
    update();
  }

  private void update() {
    Set<String> owned = new TreeSet<>();
    leases.values().forEach(lease -> owned.addAll(lease.topics));
    for (String topic : owned) {
      Scheduler.Cancellable end = lingering.remove(topic);
      if (end != null) {
        end.cancel();
      }
    }
    for (String topic : wanted) {
      if (!owned.contains(topic) && !lingering.containsKey(topic) && lingers(topic)) {
        lingering.put(topic, scheduler.after(linger, () -> dropped(topic)));
      }
    }
    owned.addAll(lingering.keySet());
    if (!owned.equals(wanted)) {
      wanted = Set.copyOf(owned);
      listener.run();
    }
  }

  /** Options are many and soon out of sight: what is left of them is given up at once. */
  private boolean lingers(String topic) {
    return !linger.isZero() && !Addresses.isOfOptions(topic);
  }

  private void dropped(String topic) {
    lingering.remove(topic);
    Set<String> left = new TreeSet<>(wanted);
    left.remove(topic);
    wanted = Set.copyOf(left);
    listener.run();
  }

  /** Returns how many owners want something. */
  int owners() {
    return leases.size();
  }

  /** Returns all wanted topics. */
  Set<String> wanted() {
    return wanted;
  }
}
