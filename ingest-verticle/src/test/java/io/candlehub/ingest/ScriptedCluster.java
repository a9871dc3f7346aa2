package io.candlehub.ingest;

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
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** A cluster in which everything happens when a test says so. Every node sees the same. */
public final class ScriptedCluster {
  private final Map<String, Member> members = new ConcurrentSkipListMap<>();
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();
  private final Map<String, Node> nodes = new ConcurrentHashMap<>();
  private final Set<String> fenced = new CopyOnWriteArraySet<>();
  private final Subscribers<ClusterListener> listeners = new Subscribers<>();
  private final Subscribers<Consumer<Lease>> leaseListeners = new Subscribers<>();

  /** Creates an empty cluster. */
  public ScriptedCluster() {}

  /** Lets a node join. */
  public Cluster join(String nodeId, Role... roles) {
    members.put(nodeId, new Member(nodeId, Set.of(roles), true));
    Node node = nodes.computeIfAbsent(nodeId, Node::new);
    listeners.each(listener -> listener.membersChanged(node.members()));
    return node;
  }

  /** Lets a node vanish; its leases stay until somebody else gets them. */
  public void vanish(String nodeId) {
    members.remove(nodeId);
    listeners.each(listener -> listener.membersChanged(List.copyOf(members.values())));
  }

  /** Gives shards to a node under a term. */
  public void own(String nodeId, long term, int... shards) {
    for (int shard : shards) {
      Lease lease = new Lease(Shards.leaseKey(shard), nodeId, term);
      leases.put(lease.key(), lease);
      leaseListeners.each(listener -> listener.accept(lease));
    }
  }

  /** Cuts a node off, or ends it. */
  public void fence(String nodeId, boolean now) {
    if (now) {
      fenced.add(nodeId);
    } else {
      fenced.remove(nodeId);
    }
  }

  /** Lets a node win the lease it competes for. */
  public void elect(String nodeId, long term, Duration quiet) {
    nodes.get(nodeId).call(leader -> leader.elected(term, quiet));
  }

  /** Takes the lease away from a node. */
  public void depose(String nodeId) {
    nodes.get(nodeId).call(Leader::deposed);
  }

  /** Returns the keys that nodes compete for. */
  public List<String> competitions() {
    List<String> keys = new ArrayList<>();
    nodes.values().forEach(node -> keys.addAll(node.keys));
    return keys;
  }

  private final class Node implements Cluster, LeaseTable {
    private final String nodeId;
    private final Set<String> keys = new CopyOnWriteArraySet<>();
    private volatile Leader leader;
    private volatile Context context;

    Node(String nodeId) {
      this.nodeId = nodeId;
    }

    void call(Consumer<Leader> call) {
      context.runOnContext(ignored -> call.accept(leader));
    }

    @Override
    public String nodeId() {
      return nodeId;
    }

    @Override
    public List<Member> members() {
      return List.copyOf(members.values());
    }

    @Override
    public boolean isFenced() {
      return fenced.contains(nodeId);
    }

    @Override
    public LeaseTable leases() {
      return this;
    }

    @Override
    public Registration listen(ClusterListener listener) {
      return listeners.add(listener);
    }

    @Override
    public Future<Void> own(ShardOwner owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Candidacy compete(String key, Role role, Leader newLeader) {
      keys.add(key);
      leader = newLeader;
      context = Vertx.currentContext();
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
      return Optional.ofNullable(leases.get(key)).filter(Lease::isHeld);
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
