package io.candlehub.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A node alone: it has every lease it asks for and every shard, and is never fenced. A term is the wall clock's
 * milliseconds, at least one more than the last. Callbacks run on the caller's thread, within the call.
 */
public final class SingleNode implements Cluster {
  /** The id of a node alone. */
  public static final String NODE_ID = "local";

  private final InstantSource wall;
  private final Member self;
  private final Leases leases = new Leases();

  /** Creates a node alone with its roles. */
  public SingleNode(Set<Role> roles, InstantSource wall) {
    this.self = new Member(NODE_ID, roles, true);
    this.wall = wall;
  }

  @Override
  public String nodeId() {
    return NODE_ID;
  }

  @Override
  public List<Member> members() {
    return List.of(self);
  }

  @Override
  public boolean isFenced() {
    return false;
  }

  @Override
  public LeaseTable leases() {
    return leases;
  }

  @Override
  public Registration listen(ClusterListener listener) {
    return () -> {};
  }

  @Override
  public Future<Void> own(ShardOwner owner) {
    List<Future<Void>> gains = new ArrayList<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      gains.add(owner.gained(shard, leases.grant(Shards.leaseKey(shard)).term(), false));
    }
    return Future.all(gains).mapEmpty();
  }

  @Override
  public Candidacy compete(String key, Role role, Leader leader) {
    leader.elected(leases.grant(key).term(), Duration.ZERO);
    return () -> leases.release(key);
  }

  /** Done at once: nobody is there to take anything over, so nothing is taken away. */
  @Override
  public Future<Void> leave() {
    return Future.succeededFuture();
  }

  private final class Leases implements LeaseTable {
    private final Map<String, Lease> byKey = new ConcurrentHashMap<>();
    private final Subscribers<Consumer<Lease>> listeners = new Subscribers<>();

    @Override
    public Optional<Lease> lease(String key) {
      return Optional.ofNullable(byKey.get(key)).filter(Lease::isHeld);
    }

    @Override
    public Registration listen(Consumer<Lease> listener) {
      return listeners.add(listener);
    }

    @Override
    public Future<Lease> acquire(String key, Consumer<Lease> lost) {
      return Future.succeededFuture(grant(key));
    }

    @Override
    public Future<Void> release(String key) {
      Lease freed = byKey.computeIfPresent(key, (k, lease) -> new Lease(k, "", lease.term()));
      if (freed != null) {
        listeners.each(listener -> listener.accept(freed));
      }
      return Future.succeededFuture();
    }

    Lease grant(String key) {
      Lease before = byKey.get(key);
      Lease after = byKey.compute(key, (k, lease) -> {
        if (lease != null && lease.isHeld()) {
          return lease;
        }
        long last = lease == null ? 0 : lease.term();
        return new Lease(k, NODE_ID, Math.max(last + 1, wall.millis()));
      });
      if (!after.equals(before)) {
        listeners.each(listener -> listener.accept(after));
      }
      return after;
    }
  }
}
