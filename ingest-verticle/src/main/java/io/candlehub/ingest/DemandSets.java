package io.candlehub.ingest;

import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The topics each hub node wants, held as long as the node renews them: a hub that is gone leaves no stream behind. A
 * node that left the cluster is not waited for that long, but long enough for the new owners of its shards to say what
 * they want, so that no topic is given up in between. Confined to one event loop.
 */
final class DemandSets {
  /** How long a set is held without renewal. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** How long the set of a node that left is held. */
  static final Duration GRACE = Duration.ofSeconds(8);

  private final Scheduler scheduler;
  private final Consumer<Set<Topic>> listener;
  private final Map<String, Held> byNode = new TreeMap<>();
  private Set<Topic> union = Set.of();

  /**
   * Creates an empty one.
   *
   * @param listener takes the union of all sets when it or its order changes, the most important topics first
   */
  DemandSets(Scheduler scheduler, Consumer<Set<Topic>> listener) {
    this.scheduler = scheduler;
    this.listener = listener;
  }

  /** What a node wants, until the timer runs out. */
  private static final class Held {
    private final Set<Topic> topics;
    private Scheduler.Cancellable expiry = () -> {};
    private boolean leaving;

    Held(Set<Topic> topics) {
      this.topics = topics;
    }
  }

  /** Sets or renews the complete set of a node. */
  void renew(String node, Set<Topic> topics) {
    Held before = byNode.remove(node);
    if (before != null) {
      before.expiry.cancel();
    }
    if (!topics.isEmpty()) {
      Held held = new Held(topics);
      byNode.put(node, held);
      expire(node, held, LEASE);
    }
    unite();
  }

  /** Takes the nodes that are there. */
  void members(Collection<String> nodes) {
    byNode.forEach((node, held) -> {
      if (!nodes.contains(node) && !held.leaving) {
        held.leaving = true;
        held.expiry.cancel();
        expire(node, held, GRACE);
      }
    });
  }

  /** Returns what all nodes want together, in turn what each finds most important. */
  Set<Topic> union() {
    return union;
  }

  private void expire(String node, Held held, Duration time) {
    held.expiry = scheduler.after(time, () -> {
      byNode.remove(node, held);
      unite();
    });
  }

  private void unite() {
    Set<Topic> all = new LinkedHashSet<>();
    List<Iterator<Topic>> nodes = new ArrayList<>();
    byNode.values().forEach(held -> nodes.add(held.topics.iterator()));
    while (!nodes.isEmpty()) {
      nodes.removeIf(node -> !node.hasNext());
      nodes.forEach(node -> all.add(node.next()));
    }
    if (!List.copyOf(all).equals(List.copyOf(union))) {
      union = Collections.unmodifiableSet(all);
      listener.accept(union);
    }
  }
}
