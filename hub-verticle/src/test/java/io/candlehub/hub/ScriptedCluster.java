package io.candlehub.hub;

import io.candlehub.cluster.Candidacy;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Leader;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.LeaseTable;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ShardOwner;
import io.candlehub.cluster.Shards;
import io.candlehub.cluster.Subscribers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A cluster whose owners a test assigns. Safe to use from any thread. */
final class ScriptedCluster {
  private final Map<String, View> views = new ConcurrentSkipListMap<>();
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();
  private final AtomicLong terms = new AtomicLong(100);

  /** Adds a node and returns what it sees. */
  View join(String nodeId) {
    View view = new View(nodeId);
    views.put(nodeId, view);
    membersChanged();
    return view;
  }

  private List<Member> members() {
    return views.keySet().stream()
        .map(node -> new Member(node, Set.of(Role.HUB), true))
        .toList();
  }

  private void membersChanged() {
    List<Member> now = members();
    views.values().forEach(view -> view.listeners.each(one -> one.membersChanged(now)));
  }

  /** Lets a node vanish; what it owned has no owner. */
  void kill(String nodeId) {
    views.remove(nodeId);
    leases.values().removeIf(lease -> lease.isHeldBy(nodeId));
    membersChanged();
  }

  /** Gives a shard that nobody owns to a node. */
  Future<Void> grant(int shard, String nodeId, boolean planned) {
    Lease lease = new Lease(Shards.leaseKey(shard), nodeId, terms.incrementAndGet());
    leases.put(lease.key(), lease);
    views.values().forEach(view -> view.leaseListeners.each(one -> one.accept(lease)));
    View view = views.get(nodeId);
    return view.call(() -> view.owner.gained(shard, lease.term(), planned));
  }

  /** Moves a shard as planned. */
  Future<Void> move(int shard, String from, String to) {
    View view = views.get(from);
    return view.call(() -> view.owner.release(shard, to))
        .compose(released -> grant(shard, to, true));
  }

  /** Takes a shard away without warning. */
  Future<Void> lose(int shard, String nodeId) {
    leases.remove(Shards.leaseKey(shard));
    View view = views.get(nodeId);
    return view.call(() -> {
      view.owner.lost(shard);
      return Future.succeededFuture();
    });
  }

  /** Cuts a node off, or lets it hear the others again; {@code isCutOff} is asked each time, on any thread. */
  void fence(String nodeId, BooleanSupplier isCutOff) {
    views.get(nodeId).fenced = isCutOff;
  }

  /** Tells a node that it is cut off. */
  void tellFenced(String nodeId) {
    views.get(nodeId).listeners.each(ClusterListener::fenced);
  }

  /** Returns the highest term granted so far. */
  long highestTerm() {
    return terms.get();
  }

  /** Returns who stands by for a shard of a node. */
  String standby(int shard, String nodeId) {
    return views.get(nodeId).standby(shard).orElseThrow();
  }

  Optional<Lease> owner(int shard) {
    return Optional.ofNullable(leases.get(Shards.leaseKey(shard)));
  }

  /** The cluster as one node sees it. */
  final class View implements Cluster, LeaseTable {
    private final String nodeId;
    private final Subscribers<ClusterListener> listeners = new Subscribers<>();
    private final Subscribers<Consumer<Lease>> leaseListeners = new Subscribers<>();
    private volatile ShardOwner owner;
    private volatile Context context;
    private volatile BooleanSupplier fenced = () -> false;

    View(String nodeId) {
      this.nodeId = nodeId;
    }

    private Future<Void> call(Supplier<Future<Void>> task) {
      Promise<Void> done = Promise.promise();
      context.runOnContext(ignored -> task.get().onSuccess(done::complete).onFailure(done::fail));
      return done.future();
    }

    @Override
    public String nodeId() {
      return nodeId;
    }

    @Override
    public List<Member> members() {
      return ScriptedCluster.this.members();
    }

    @Override
    public boolean isFenced() {
      return fenced.getAsBoolean();
    }

    @Override
    public LeaseTable leases() {
      return this;
    }

    @Override
    public Registration listen(ClusterListener listener) {
      return listeners.add(listener);
    }

    /** Never done, as on a node that finds no majority. */
    @Override
    public Future<Void> own(ShardOwner shardOwner) {
      context = Vertx.currentContext();
      owner = shardOwner;
      return Promise.<Void>promise().future();
    }

    @Override
    public Candidacy compete(String key, Role role, Leader leader) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> leave() {
      return Future.succeededFuture();
    }

    @Override
    public Optional<Lease> lease(String key) {
      return Optional.ofNullable(leases.get(key));
    }

    @Override
    public Registration listen(Consumer<Lease> listener) {
      return leaseListeners.add(listener);
    }

    @Override
    public Future<Lease> acquire(String key, Consumer<Lease> lost) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> release(String key) {
      throw new UnsupportedOperationException();
    }
  }
}
