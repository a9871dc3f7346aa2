package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Lease;
import io.candlehub.cluster.LeaseTable;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Subscribers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases this node holds, and what it knows of those of others.
 *
 * <p>A held lease is renewed every {@link #RENEW_NANOS} and is lost when the map says so, when no renewal was confirmed
 * until shortly before it expires, or when the node is fenced. After a loss its term is void: it is never renewed again,
 * only a higher one acquired.
 *
 * <p>Confined to the loop, except what {@link LeaseTable} offers.
 */
final class Leases implements LeaseTable {
  /**
   * Long enough that leases outlive two stalls of the map in a row: a call that meets a silent member hangs until that
   * is removed. Expiry is the last resort; a fenced node gives its leases back, a dead one is no member.
   */
  static final long TTL_MILLIS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final long RENEW_NANOS = 1_500_000_000L;
  private static final long REFRESH_NANOS = 1_000_000_000L;
  private static final long TRUST_NANOS = (TTL_MILLIS - 1_000) * 1_000_000L;

  private final String self;
  private final int quorum;
  private final Loop loop;
  private final LeaseStore store;
  private final BooleanSupplier fenced;
  private final Consumer<Lease> announce;
  private final Map<String, LeaseRecord> known = new ConcurrentHashMap<>();
  private final Subscribers<Consumer<Lease>> listeners = new Subscribers<>();
  private final Map<String, Held> held = new HashMap<>();
  private final Map<String, Long> voidTerms = new HashMap<>();
  private final Map<String, LeaseAsk> returns = new HashMap<>();
  private final Liveness liveness = new Liveness();
  private final Set<String> pending = new HashSet<>();
  private final Set<String> taken = new TreeSet<>();
  private long era;
  private boolean refreshing;
  private long refreshedNanos;

  /**
   * Creates the table.
   *
   * @param announce tells the other nodes of a lease this node was granted or gave back
   */
  Leases(
      String self,
      int quorum,
      Loop loop,
      LeaseStore store,
      BooleanSupplier fenced,
      Consumer<Lease> announce) {
    this.self = self;
    this.quorum = quorum;
    this.loop = loop;
    this.store = store;
    this.fenced = fenced;
    this.announce = announce;
    this.refreshedNanos = loop.nanos() - REFRESH_NANOS;
  }

  /**
   * A lease as it was found or granted.
   *
   * @param lease the lease
   * @param cutOff the last holder if it did not hand over; empty if it did, {@link LeaseRecord#UNKNOWN} if not known
   */
  record Grant(Lease lease, String cutOff) {}

  @Override
  public Optional<Lease> lease(String key) {
    return Optional.ofNullable(known.get(key))
        .filter(LeaseRecord::isHeld)
        .map(record -> record.lease(key));
  }

  @Override
  public Registration listen(Consumer<Lease> listener) {
    return listeners.add(listener);
  }

  @Override
  public Future<Lease> acquire(String key, Consumer<Lease> lost) {
    CallerContext caller = CallerContext.current();
    return loop.call(() -> claim(key, lease -> caller.run(() -> lost.accept(lease))))
        .map(Grant::lease);
  }

  @Override
  public Future<Void> release(String key) {
    return loop.call(() -> giveBack(key, true));
  }

  /** Returns the record of a lease as far as this node knows. */
  Optional<LeaseRecord> record(String key) {
    return Optional.ofNullable(known.get(key));
  }

  /** Returns whether the holder of a lease may still hold it, as far as this node saw. */
  boolean isRenewed(String key, LeaseRecord record) {
    return liveness.isRenewed(key, record);
  }

  int heldCount() {
    return held.size();
  }

  /** As {@link #acquire}, on the loop; {@code lost} is called within the loss. */
  Future<Grant> claim(String key, Consumer<Lease> lost) {
    Held own = held.get(key);
    if (own != null) {
      own.lost.add(lost);
      return Future.succeededFuture(own.grant);
    }
    if (fenced.getAsBoolean()) {
      return Future.failedFuture("no majority is heard");
    }
    if (!pending.add(key)) {
      return Future.failedFuture("lease " + key + " is being acquired");
    }
    long sentNanos = loop.nanos();
    long sentEra = era;
    return store.ask(key, question(key)).andThen(ignored -> pending.remove(key)).compose(reply -> {
      if (reply.status() == LeaseReply.Status.NO_MAJORITY) {
        return Future.failedFuture("no majority is seen");
      }
      if (reply.status() == LeaseReply.Status.DONE && (era != sentEra || isOld(sentNanos))) {
        abandon(key, reply.record().term());
        return Future.failedFuture("the grant came too late");
      }
      Grant grant = new Grant(reply.record().lease(key), reply.record().cutOff());
      if (reply.status() == LeaseReply.Status.DONE) {
        held.put(key, new Held(grant, lost, sentNanos));
        returns.remove(key);
      }
      learn(key, reply.record());
      if (reply.status() == LeaseReply.Status.DONE) {
        announce.accept(grant.lease);
      }
      return Future.succeededFuture(grant);
    });
  }

  /**
   * Gives a lease back.
   *
   * @param handedOver whether the next holder may rely on what this one has handed over
   */
  Future<Void> giveBack(String key, boolean handedOver) {
    Held own = held.remove(key);
    if (own == null) {
      return Future.succeededFuture();
    }
    LeaseAsk.Kind kind = handedOver ? LeaseAsk.Kind.HAND_OVER : LeaseAsk.Kind.ABANDON;
    voidTerms.put(key, own.term());
    LeaseAsk ask = ask(kind, own.term());
    returns.put(key, ask);
    return giveBack(key, ask);
  }

  private Future<Void> giveBack(String key, LeaseAsk ask) {
    return store.ask(key, ask).map(reply -> {
      returns.remove(key, ask);
      learn(key, reply.record());
      if (reply.status() == LeaseReply.Status.DONE) {
        announce.accept(reply.record().lease(key));
      }
      return null;
    });
  }

  /** Takes note of a lease that another node told of; the rest of its record is read with the next refresh. */
  void told(Lease lease) {
    LeaseRecord record = new LeaseRecord(
        lease.nodeId(), LeaseRecord.UNKNOWN, lease.term(), 0, lease.isHeld() ? TTL_MILLIS : 0);
    learn(lease.key(), record);
  }

  private void learn(String key, LeaseRecord record) {
    LeaseRecord before = known.get(key);
    if (before != null && LeaseRule.merged(record, before) == before) {
      return;
    }
    known.put(key, record);
    boolean changed = before == null
        || before.term() != record.term()
        || !before.holder().equals(record.holder());
    if (changed && record.term() > 0) {
      Lease lease = record.lease(key);
      listeners.each(listener -> listener.accept(lease));
    }
  }

  /** Loses every lease: this node hears no majority. */
  void fence() {
    era++;
    liveness.forget();
    Set.copyOf(held.keySet()).forEach(this::lose);
  }

  /** Renews, refreshes and gives up what was not confirmed; to be called every 100 ms or so. */
  void tick() {
    long now = loop.nanos();
    Set<String> old = new TreeSet<>();
    for (String key : Set.copyOf(held.keySet())) {
      Held own = held.get(key);
      if (own != null && isOld(own.confirmedNanos)) {
        old.add(key);
        lose(key);
      } else if (own != null && !own.asking && now - own.confirmedNanos >= RENEW_NANOS) {
        renew(key, own);
      }
    }
    if (!old.isEmpty()) {
      LOG.warn("leases lost, no renewal was confirmed in time [keys: {}]", old);
    }
    if (!taken.isEmpty()) {
      LOG.warn("leases lost to others [keys: {}]", taken);
      taken.clear();
    }
    if (now - refreshedNanos >= REFRESH_NANOS) {
      refresh();
    }
  }

  private void renew(String key, Held own) {
    long sentNanos = loop.nanos();
    own.asking = true;
    store
        .ask(key, ask(LeaseAsk.Kind.RENEW, own.term()))
        .onComplete(reply -> own.asking = false)
        .onSuccess(reply -> {
          if (held.get(key) != own) {
            return;
          }
          if (reply.status() == LeaseReply.Status.DONE) {
            own.confirmedNanos = sentNanos;
            learn(key, reply.record());
          } else if (reply.status() == LeaseReply.Status.TAKEN) {
            taken.add(key);
            lose(key);
            learn(key, reply.record());
          }
        })
        .onFailure(e -> LOG.debug("renewal failed [key: {}]", key, e));
  }

  /** Reads what all others hold, and gives back what is in this node's name without being held. */
  void refresh() {
    if (refreshing) {
      return;
    }
    refreshing = true;
    refreshedNanos = loop.nanos();
    long sentNanos = refreshedNanos;
    store
        .all()
        .onComplete(ignored -> refreshing = false)
        .onSuccess(records -> read(records, sentNanos))
        .onFailure(e -> LOG.debug("leases could not be read", e));
  }

  /** Who hears no majority may have read what nobody renews there. */
  private void read(Map<String, LeaseRecord> records, long sentNanos) {
    if (fenced.getAsBoolean()) {
      liveness.forget();
    } else {
      liveness.read(records, sentNanos, loop.nanos());
    }
    records.forEach((key, record) -> {
      learn(key, record);
      if (record.holder().equals(self) && !held.containsKey(key) && !pending.contains(key)) {
        giveBackStray(key, record);
      }
    });
  }

  private void giveBackStray(String key, LeaseRecord record) {
    LeaseAsk left = returns.get(key);
    if (left != null && left.term() == record.term()) {
      giveBack(key, left).onFailure(e -> LOG.debug("lease not given back [key: {}]", key, e));
    } else {
      abandon(key, record.term());
    }
  }

  private void lose(String key) {
    Held own = held.remove(key);
    if (own != null) {
      voidTerms.put(key, own.term());
      own.lost.forEach(lost -> lost.accept(own.grant.lease));
      abandon(key, own.term());
    }
  }

  private void abandon(String key, long term) {
    voidTerms.merge(key, term, Math::max);
    giveBack(key, ask(LeaseAsk.Kind.ABANDON, term))
        .onFailure(e -> LOG.debug("lease not given back [key: {}]", key, e));
  }

  private boolean isOld(long nanos) {
    return loop.nanos() - nanos >= TRUST_NANOS;
  }

  private LeaseAsk ask(LeaseAsk.Kind kind, long term) {
    return new LeaseAsk(kind, self, term, quorum, TTL_MILLIS, LeaseAsk.Known.NOTHING);
  }

  private LeaseAsk question(String key) {
    LeaseAsk.Known last = record(key)
        .map(one -> new LeaseAsk.Known(one.term(), one.renewals(), !isRenewed(key, one)))
        .orElse(LeaseAsk.Known.NOTHING);
    return new LeaseAsk(
        LeaseAsk.Kind.ACQUIRE, self, voidTerms.getOrDefault(key, 0L), quorum, TTL_MILLIS, last);
  }

  private static final class Held {
    private final Grant grant;
    private final List<Consumer<Lease>> lost = new ArrayList<>();
    private long confirmedNanos;
    private boolean asking;

    Held(Grant grant, Consumer<Lease> lost, long confirmedNanos) {
      this.grant = grant;
      this.lost.add(lost);
      this.confirmedNanos = confirmedNanos;
    }

    long term() {
      return grant.lease.term();
    }
  }
}
