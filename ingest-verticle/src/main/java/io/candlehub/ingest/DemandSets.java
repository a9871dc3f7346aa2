package io.candlehub.ingest;

import io.candlehub.demand.DemandReport;
import io.candlehub.demand.ToldSets;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The topics each hub node wants, held as long as the node renews them: a hub that is gone leaves no stream behind. A
 * node that left the cluster is not waited for that long, but long enough for the new owners of its shards to say what
 * they want, so that no topic is given up in between. Confined to one event loop.
 */
final class DemandSets {
  /** How long the sets of a node are held without renewal. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** How long the sets of a node that left are held. */
  static final Duration GRACE = Duration.ofSeconds(8);

  private final Scheduler scheduler;
  private final Consumer<Set<Topic>> listener;
  private final Map<String, Held> byNode = new TreeMap<>();
  private final Map<String, Topic> topics = new HashMap<>();

  /** In how many sets each topic is whose number nobody limits, in the order in which they came. */
  private final Map<Topic, Integer> others = new LinkedHashMap<>();

  private final Changes changes = new Changes();
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
    private final String owner;
    private final ToldSets sets = new ToldSets();
    private Scheduler.Cancellable expiry = () -> {};
    private boolean leaving;

    Held(String owner) {
      this.owner = owner;
    }
  }

  /** Takes what a hub node tells; returns false if it is to tell everything whole. */
  boolean take(DemandReport report) {
    String node = report.node();
    Held held = byNode.get(node);
    if (held == null || !held.owner.equals(report.owner())) {
      drop(node);
      held = new Held(report.owner());
      byNode.put(node, held);
    }
    held.expiry.cancel();
    held.leaving = false;
    boolean known = held.sets.take(report, changes);
    if (held.sets.isEmpty()) {
      byNode.remove(node);
    } else {
      expire(node, held, LEASE);
    }
    unite();
    return known;
  }

  private void drop(String node) {
    Held held = byNode.remove(node);
    if (held != null) {
      held.expiry.cancel();
      held.sets.clear(changes);
    }
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

  /** Returns all that is known of a node's demand, for another ingest node that missed something. */
  Optional<DemandReport> whole(String node) {
    return Optional.ofNullable(byNode.get(node)).map(held -> held.sets.whole(held.owner, node));
  }

  /** Returns what all nodes want together: in turn what each finds most important, then all else. */
  Set<Topic> union() {
    return union;
  }

  private void expire(String node, Held held, Duration time) {
    held.expiry = scheduler.after(time, () -> {
      drop(node);
      unite();
    });
  }

  private final class Changes implements ToldSets.Listener {
    private boolean any;

    @Override
    public void added(String set, String topic) {
      any = true;
      if (set.equals(DemandReport.OTHERS)) {
        read(topic).ifPresent(one -> others.merge(one, 1, Integer::sum));
      }
    }

    @Override
    public void reordered(String set) {
      any = true;
    }

    @Override
    public void removed(String set, String topic) {
      any = true;
      if (set.equals(DemandReport.OTHERS)) {
        read(topic).filter(one -> others.merge(one, -1, Integer::sum) == 0).ifPresent(one -> {
          others.remove(one);
          topics.remove(topic);
        });
      }
    }
  }

  private Optional<Topic> read(String text) {
    Optional<Topic> topic = Optional.ofNullable(topics.get(text)).or(() -> Topic.parse(text));
    topic.ifPresent(one -> topics.put(text, one));
    return topic;
  }

  private void unite() {
    if (!changes.any) {
      return;
    }
    changes.any = false;
    Set<Topic> all = new LinkedHashSet<>();
    List<Iterator<String>> nodes = new ArrayList<>();
    byNode
        .values()
        .forEach(held -> nodes.add(held.sets.topics(DemandReport.RANKED).iterator()));
    while (!nodes.isEmpty()) {
      nodes.removeIf(node -> !node.hasNext());
      nodes.forEach(node -> Topic.parse(node.next()).ifPresent(all::add));
    }
    all.addAll(others.keySet());
    if (!List.copyOf(all).equals(List.copyOf(union))) {
      union = Collections.unmodifiableSet(all);
      listener.accept(union);
    }
  }
}
