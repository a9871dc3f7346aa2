package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.ToldSets;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who wants which topics (bus addresses), each owner's sets as one lease that ends unless it is renewed; a topic stays
 * for the linger time after its last owner gave it up, unless it is about options. What changes costs its own size,
 * however much there is. Confined to the hub's event loop.
 */
final class DemandLedger {
  /** In place of a node, for an owner whose demand ends by its lease alone. */
  static final String NO_NODE = "";

  /** The one set of an owner that tells all it wants at once. */
  private static final String ALL = "all";

  private final Scheduler scheduler;
  private final Duration linger;
  private final Consumer<Set<Instrument>> listener;
  private final Map<String, Lease> leases = new HashMap<>();

  /** How many sets each topic is in. */
  private final Map<String, Integer> owned = new HashMap<>();

  private final Map<String, Scheduler.Cancellable> lingering = new HashMap<>();

  /** Everything wanted, and what lingers. */
  private final Map<String, DemandTopic> wanted = new HashMap<>();

  private final Map<Instrument, Set<DemandTopic>> byInstrument = new HashMap<>();
  private final Changes changes = new Changes();
  private final PublicationLog published;

  /** Creates a ledger; the listener is told of what something else is wanted than before. */
  DemandLedger(
      Scheduler scheduler,
      Duration linger,
      Consumer<Set<Instrument>> listener,
      PublicationLog published) {
    this.scheduler = scheduler;
    this.linger = linger;
    this.listener = listener;
    this.published = published;
  }

  private final class Lease implements ToldSets.Listener {
    private final String node;
    private final ToldSets sets = new ToldSets();
    private final PositionReader reader = new PositionReader(published);
    private Scheduler.Cancellable end = () -> {};

    Lease(String node) {
      this.node = node;
    }

    @Override
    public void added(String set, String topic) {
      reader.added(topic);
      changes.added(set, topic);
    }

    @Override
    public void removed(String set, String topic) {
      reader.removed(topic);
      changes.removed(set, topic);
    }
  }

  /** Replaces an owner's complete set, for a while; an empty set ends the lease. */
  void set(String owner, Collection<String> wantedTopics, Duration lease) {
    set(owner, NO_NODE, wantedTopics, lease);
  }

  /** Replaces the complete set of an owner that lives on a node, for a while but no longer than the node is there. */
  void set(String owner, String node, Collection<String> wantedTopics, Duration lease) {
    Lease held = hold(owner, node);
    held.sets.set(ALL, wantedTopics, held);
    renew(owner, held, lease, () -> end(owner));
    changes.tell();
  }

  /**
   * Takes what an owner tells of its sets, for a while.
   *
   * @return false if it is to tell everything whole
   */
  boolean tell(String owner, DemandReport report, Duration lease) {
    Lease held = hold(owner, report.node());
    boolean known = held.sets.take(report, held);
    renew(owner, held, lease, () -> lapse(owner));
    changes.tell();
    return known;
  }

  private Lease hold(String owner, String node) {
    Lease former = leases.get(owner);
    if (former != null && former.node.equals(node)) {
      return former;
    }
    Lease held = new Lease(node);
    leases.put(owner, held);
    if (former != null) {
      former.end.cancel();
      former.sets.clear(former);
    }
    return held;
  }

  private void renew(String owner, Lease held, Duration lease, Runnable end) {
    held.end.cancel();
    if (held.sets.isEmpty()) {
      leases.remove(owner);
    } else {
      held.end = scheduler.after(lease, end);
    }
  }

  /** Ends the leases of all who lived on nodes that are gone. */
  void left(Set<String> nodes) {
    leases.values().removeIf(lease -> {
      boolean gone = nodes.contains(lease.node);
      if (gone) {
        lease.end.cancel();
        lease.sets.clear(lease);
      }
      return gone;
    });
    changes.tell();
  }

  private void end(String owner) {
    forget(owner);
    changes.tell();
  }

  /** Who renews nothing any more has been waited for long enough: nothing of it lingers. */
  private void lapse(String owner) {
    changes.linger = false;
    forget(owner);
    changes.tell();
  }

  private void forget(String owner) {
    Lease ended = leases.remove(owner);
    ended.sets.clear(ended);
  }

  /** What happens to topics, and of which instruments the listener is to be told. */
  private final class Changes implements ToldSets.Listener {
    private Set<Instrument> touched = new HashSet<>();
    private boolean linger = true;

    /** Topics that nobody owns, after all of a message is read: one may have moved from set to set. */
    private final Set<String> given = new HashSet<>();

    @Override
    public void added(String set, String topic) {
      if (owned.merge(topic, 1, Integer::sum) == 1 && !given.remove(topic)) {
        Scheduler.Cancellable end = lingering.remove(topic);
        if (end == null) {
          want(topic);
        } else {
          end.cancel();
        }
      }
    }

    @Override
    public void removed(String set, String topic) {
      if (owned.merge(topic, -1, Integer::sum) == 0) {
        owned.remove(topic);
        given.add(topic);
      }
    }

    void tell() {
      given.forEach(this::give);
      given.clear();
      linger = true;
      if (!touched.isEmpty()) {
        Set<Instrument> told = touched;
        touched = new HashSet<>();
        listener.accept(told);
      }
    }

    private void give(String topic) {
      if (linger && lingers(topic)) {
        lingering.put(topic, scheduler.after(DemandLedger.this.linger, () -> {
          lingering.remove(topic);
          drop(topic);
          tell();
        }));
      } else {
        drop(topic);
      }
    }

    private void want(String topic) {
      DemandTopic.of(topic).ifPresent(read -> {
        wanted.put(topic, read);
        byInstrument
            .computeIfAbsent(read.instrument(), first -> new LinkedHashSet<>())
            .add(read);
        touched.add(read.instrument());
      });
    }

    private void drop(String topic) {
      DemandTopic read = wanted.remove(topic);
      published.forget(topic);
      if (read != null) {
        Set<DemandTopic> left = byInstrument.get(read.instrument());
        left.remove(read);
        if (left.isEmpty()) {
          byInstrument.remove(read.instrument());
        }
        touched.add(read.instrument());
      }
    }
  }

  /** Options are many and soon out of sight: what is left of them is given up at once. */
  private boolean lingers(String topic) {
    return !linger.isZero() && !Addresses.isOfOptions(topic);
  }

  /** Returns how many owners want something. */
  int owners() {
    return leases.size();
  }

  /** Returns how many topics are wanted. */
  int topics() {
    return wanted.size();
  }

  /** Returns the instruments of which something is wanted. */
  Set<Instrument> instruments() {
    return Set.copyOf(byInstrument.keySet());
  }

  /** Returns what is wanted of an instrument. */
  Wanted wanted(Instrument instrument) {
    Set<DemandTopic> topics = byInstrument.get(instrument);
    return topics == null ? Wanted.NOTHING : Wanted.of(topics);
  }

  /** Takes note that something was published on a topic. */
  void published(String topic) {
    if (wanted.containsKey(topic)) {
      published.published(topic);
    }
  }

  /** Returns which positions are due to an owner that knows them up to a number; empty if none are. */
  Optional<PositionReader.Due> due(String owner, long since) {
    return Optional.ofNullable(leases.get(owner))
        .flatMap(lease -> lease.reader.due(since, lease.sets.topics()));
  }

  /** Returns what topics mean; those that are the topic of no stream mean nothing. */
  List<DemandTopic> read(List<String> topics) {
    return topics.stream().map(wanted::get).filter(Objects::nonNull).toList();
  }
}
