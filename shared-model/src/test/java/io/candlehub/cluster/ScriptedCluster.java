package io.candlehub.cluster;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A cluster in which everything happens when a test says so; for the tests of every module. All nodes see the same
 * members and leases. Safe to use from any thread.
 */
public final class ScriptedCluster {
  private final Map<String, Node> nodes = new ConcurrentSkipListMap<>();
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();
  private final AtomicLong terms = new AtomicLong(100);

  /** Creates a cluster of hubs. */
  public ScriptedCluster(String... hubs) {
    for (String hub : hubs) {
      join(hub, Role.HUB);
    }
  }

  /** Lets a node join and returns what it sees. */
  public Cluster join(String nodeId, Role role) {
    Node node = new Node(new Member(nodeId, Set.of(role), true));
    nodes.put(nodeId, node);
    membersChanged();
    return node;
  }

  /** Lets a node vanish; its leases stay until somebody else gets them. */
  public void vanish(String nodeId) {
    nodes.remove(nodeId);
    membersChanged();
  }

  /** Lets a node vanish; what it owned has no owner. */
  public void kill(String nodeId) {
    leases.values().removeIf(lease -> lease.isHeldBy(nodeId));
    vanish(nodeId);
  }

  private List<Member> members() {
    return nodes.values().stream().map(node -> node.self).toList();
  }

  private void membersChanged() {
    List<Member> now = members();
    nodes.values().forEach(node -> node.listeners.each(one -> one.membersChanged(now)));
  }

  /** Writes shards down as a node's under a term; its {@link ShardOwner} is not called. */
  public void own(String nodeId, long term, int... shards) {
    for (int shard : shards) {
      Lease lease = new Lease(Shards.leaseKey(shard), nodeId, term);
      leases.put(lease.key(), lease);
      nodes.values().forEach(node -> node.leaseListeners.each(one -> one.accept(lease)));
    }
  }

  /** Gives a shard that nobody owns to a node, under the next term; done when the node serves it. */
  public Future<Void> grant(int shard, String nodeId, boolean planned) {
    long term = terms.incrementAndGet();
    own(nodeId, term, shard);
    return nodes.get(nodeId).owner.ask(owner -> owner.gained(shard, term, planned));
  }

  /** Moves a shard as planned. */
  public Future<Void> move(int shard, String from, String to) {
    return nodes
        .get(from)
        .owner
        .ask(owner -> owner.release(shard, to))
        .compose(released -> grant(shard, to, true));
  }

  /** Takes a shard away without warning. */
  public Future<Void> lose(int shard, String nodeId) {
    leases.remove(Shards.leaseKey(shard));
    return nodes.get(nodeId).owner.ask(owner -> {
      owner.lost(shard);
      return Future.succeededFuture();
    });
  }

  /** Returns the highest term granted so far. */
  public long highestTerm() {
    return terms.get();
  }

  /** Returns the owner of a shard. */
  public Optional<Lease> owner(int shard) {
    return Optional.ofNullable(leases.get(Shards.leaseKey(shard)));
  }

  /** Returns who stands by for a shard as a node sees it. */
  public String standby(int shard, String nodeId) {
    return nodes.get(nodeId).standby(shard).orElseThrow();
  }

  /**
   * Cuts a node off, or lets it hear the others again, without telling it.
   *
   * @param isCutOff is asked each time, on any thread
   */
  public void cutOff(String nodeId, BooleanSupplier isCutOff) {
    nodes.get(nodeId).fenced = isCutOff;
  }

  /** Tells a node that it is cut off. */
  public void tellFenced(String nodeId) {
    nodes.get(nodeId).listeners.each(ClusterListener::fenced);
  }

  /** Cuts a node off and tells it. */
  public void fence(String nodeId) {
    cutOff(nodeId, () -> true);
    tellFenced(nodeId);
  }

  /** Lets a node hear the others again and tells it. */
  public void restore(String nodeId) {
    cutOff(nodeId, () -> false);
    nodes.get(nodeId).listeners.each(ClusterListener::restored);
  }

  /** Lets a node win the lease it competes for. */
  public void elect(String nodeId, long term, Duration quiet) {
    nodes.get(nodeId).leader.tell(leader -> leader.elected(term, quiet));
  }

  /** Takes the lease away from a node. */
  public void depose(String nodeId) {
    nodes.get(nodeId).leader.tell(Leader::deposed);
  }

  /** Returns the keys that nodes compete for, once for each node. */
  public List<String> competitions() {
    return nodes.values().stream().flatMap(node -> node.keys.stream()).toList();
  }

  /** Something to be called on the context it was given from. */
  private record Callee<T>(T target, Context context) {
    static <T> Callee<T> here(T target) {
      return new Callee<>(target, Vertx.currentContext());
    }

    void tell(Consumer<T> call) {
      context.runOnContext(ignored -> call.accept(target));
    }

    Future<Void> ask(Function<T, Future<Void>> call) {
      Promise<Void> done = Promise.promise();
      tell(one -> call.apply(one).onComplete(done));
      return done.future();
    }
  }

  /** The cluster as one node sees it. */
  private final class Node implements Cluster, LeaseTable {
    private final Member self;
    private final Subscribers<ClusterListener> listeners = new Subscribers<>();
    private final Subscribers<Consumer<Lease>> leaseListeners = new Subscribers<>();
    private final Set<String> keys = new CopyOnWriteArraySet<>();
    private volatile Callee<ShardOwner> owner;
    private volatile Callee<Leader> leader;
    private volatile BooleanSupplier fenced = () -> false;

    Node(Member self) {
      this.self = self;
    }

    @Override
    public String nodeId() {
      return self.nodeId();
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
      owner = Callee.here(shardOwner);
      return Promise.<Void>promise().future();
    }

    @Override
    public Candidacy compete(String key, Role role, Leader newLeader) {
      keys.add(key);
      leader = Callee.here(newLeader);
      return () -> {
        keys.remove(key);
        return Future.succeededFuture();
      };
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
