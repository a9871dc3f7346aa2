package io.candlehub.cluster;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The cluster as a role sees it. Reading is safe from any thread and never waits; listeners and callbacks run on the
 * Vert.x context they were registered from.
 */
public interface Cluster {
  /** Returns the id of this node, part of its bus addresses. */
  String nodeId();

  /** Returns all nodes, this one too, by node id. */
  List<Member> members();

  /**
   * Returns whether this node hears less than a majority and must not publish, nor keep a provider connection. It is
   * measured against the clock at each call, so that a process that was stopped knows at its first question.
   */
  boolean isFenced();

  /** Returns the leases. */
  LeaseTable leases();

  /** Registers a listener. */
  Registration listen(ClusterListener listener);

  /**
   * Makes this node a candidate for shards, from now until it leaves. At most one owner per node.
   *
   * @return done when every shard that is this node's by preference has an owner, this node or another; shards may
   *     come and go ever after
   */
  Future<Void> own(ShardOwner owner);

  /**
   * Makes this node a candidate for a lease that one node of a role holds, for example {@code ingest/ACCOUNT/stocks}.
   * The lease stays with its holder while that lives and hears the majority; a newcomer does not take it away.
   *
   * @param role nodes with it are the candidates; which of them comes first is told by the key
   */
  Candidacy compete(String key, Role role, Leader leader);

  /**
   * Prepares to leave: this node takes nothing new, deposes its leaders, and hands its shards over one after another.
   *
   * @return done when all is handed over, or nobody is there to take it; the caller then closes Vert.x
   */
  Future<Void> leave();

  /** Returns the owner of a shard as far as this node knows, with the term; empty if it knows of none. */
  default Optional<Lease> owner(int shard) {
    return leases().lease(Shards.leaseKey(shard));
  }

  /**
   * Returns the node that takes a shard over if its owner dies: its owner keeps the shard's state there. Empty if there
   * is no other hub.
   */
  default Optional<String> standby(int shard) {
    String owner = owner(shard).map(Lease::nodeId).orElse("");
    return Shards.preference(shard, members()).stream()
        .filter(nodeId -> !nodeId.equals(owner))
        .findFirst();
  }
}
