package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Shards;
import io.candlehub.demand.DemandTeller;
import io.candlehub.demand.TopicSet;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics this gateway has clients for, as one set for each shard, held as a lease at the hubs of the shard
 * (architecture §4): told at once when it changes, and renewed every {@value #RENEWAL_SECONDS} s, with which the owners
 * tell where streams have come to rest. One renewal may fail to arrive before it lapses.
 *
 * <p>Confined to the gateway's event loop.
 */
final class DemandLease {
  private static final Logger LOG = LoggerFactory.getLogger(DemandLease.class);
  private static final int RENEWAL_SECONDS = 5;
  private static final Duration RENEWAL = Duration.ofSeconds(RENEWAL_SECONDS);
  private static final Duration LOOK_FOR_HUBS = Duration.ofMillis(500);

  private final Hubs hubs;
  private final String owner;
  private final Scheduler scheduler;
  private final Runnable onFailure;
  private final List<TopicSet> sets = new ArrayList<>();
  private final Map<String, DemandTeller> tellers = new TreeMap<>();
  private List<List<String>> routes = List.of();
  private Scheduler.Cancellable renewal = () -> {};
  private Scheduler.Cancellable look = () -> {};
  private long reports;
  private int topics;
  private boolean renewing;
  private boolean lacking;
  private boolean released;

  /** Who takes it. */
  interface Hubs {
    /** Returns the id of this node. */
    String node();

    /** Returns the hubs that are to know what is wanted of a shard. */
    List<String> of(int shard);

    /** Returns whether a hub is a member of the cluster. */
    boolean isThere(String hub);

    /** Brings a report to a hub; done with its answer. */
    Future<JsonObject> tell(String hub, JsonObject report);
  }

  /**
   * Creates a lease on nothing.
   *
   * @param onFailure told whenever a hub does not take it, or there is none
   */
  DemandLease(Hubs hubs, String owner, Scheduler scheduler, Runnable onFailure) {
    this.hubs = hubs;
    this.owner = owner;
    this.scheduler = scheduler;
    this.onFailure = onFailure;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      sets.add(new TopicSet());
    }
  }

  void add(String topic) {
    change(topic, TopicSet::add, 1);
  }

  void remove(String topic) {
    change(topic, TopicSet::remove, -1);
  }

  /** What is no stream's topic belongs to no shard, and nobody has to do anything for it. */
  private void change(String topic, BiPredicate<TopicSet, String> change, int difference) {
    Optional<Instrument> instrument = Addresses.instrument(topic);
    if (released || instrument.isEmpty()) {
      return;
    }
    int shard = Shards.of(instrument.get());
    if (change.test(sets.get(shard), topic)) {
      topics += difference;
      if (routes.isEmpty()) {
        route();
      }
      routes.get(shard).forEach(hub -> tellers.get(hub).changed());
      renewLater();
    }
  }

  /** Tells all versions again, to hubs that may not know them any more, and has them tell where all streams are. */
  void renew() {
    renew(DemandTeller::renewForAllPositions);
  }

  private void renew(Consumer<DemandTeller> renewal) {
    if (released) {
      return;
    }
    route();
    if (topics > 0) {
      tellers.values().forEach(renewal);
    }
  }

  /** Takes note that all streams are where a hub told up to one of its numbers. */
  void positionsKnown(String hub, long upTo) {
    DemandTeller teller = tellers.get(hub);
    if (teller != null) {
      teller.positionsKnown(upTo);
    }
  }

  /** Finds out which hubs are to know what. */
  private void route() {
    List<List<String>> next = new ArrayList<>();
    Map<String, Map<String, TopicSet>> bySet = new TreeMap<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      List<String> told = hubs.of(shard);
      next.add(told);
      for (String hub : told) {
        bySet
            .computeIfAbsent(hub, name -> new TreeMap<>())
            .put(Integer.toString(shard), sets.get(shard));
      }
    }
    routes = next;
    Set.copyOf(tellers.keySet()).stream()
        .filter(hub -> !bySet.containsKey(hub))
        .forEach(this::leave);
    bySet.forEach((hub, named) -> tellers.computeIfAbsent(hub, this::teller).sets(named));
    if (bySet.isEmpty()) {
      lookForHubs();
    } else if (lacking) {
      lacking = false;
      LOG.info("there are hubs again [hubs: {}]", bySet.keySet());
    }
  }

  private DemandTeller teller(String hub) {
    return new DemandTeller(
        owner,
        hubs.node(),
        hub,
        report -> hubs.tell(hub, report),
        scheduler,
        () -> ++reports,
        onFailure);
  }

  private void leave(String hub) {
    DemandTeller teller = tellers.remove(hub);
    if (hubs.isThere(hub)) {
      teller.release();
    } else {
      teller.stop();
    }
  }

  private void lookForHubs() {
    if (!lacking) {
      lacking = true;
      LOG.warn("no hub to tell the demand [topics: {}]", topics);
    }
    look.cancel();
    if (topics > 0) {
      look = scheduler.after(LOOK_FOR_HUBS, this::renew);
    }
    onFailure.run();
  }

  private void renewLater() {
    if (renewing || topics == 0) {
      return;
    }
    renewing = true;
    renewal = scheduler.after(RENEWAL, () -> {
      renewing = false;
      renew(DemandTeller::renewForPositions);
      renewLater();
    });
  }

  /** Gives the whole lease up. */
  Future<Void> release() {
    released = true;
    renewal.cancel();
    look.cancel();
    boolean isTold = topics > 0;
    List<Future<Void>> given = new ArrayList<>();
    for (DemandTeller teller : tellers.values()) {
      if (isTold) {
        given.add(teller.release());
      } else {
        teller.stop();
      }
    }
    return Future.join(given).mapEmpty();
  }
}
