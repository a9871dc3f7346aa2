package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Lease;
import io.vertx.core.Future;

/** Talks to the same module on other nodes. Futures complete on the cluster's context and end within seconds. */
interface Peers {
  /**
   * Asks a node whether it is there.
   *
   * @param available told to it: whether this node may be given shards
   * @return whether the peer is available
   */
  Future<Boolean> probe(String nodeId, boolean available);

  /** Asks a node to probe this one; false if it could not. */
  Future<Boolean> echo(String nodeId);

  /**
   * Asks the owner of a shard to hand it over to this node.
   *
   * @return true once it has been given back, false if the owner cannot now
   */
  Future<Boolean> askMove(String ownerNodeId, int shard);

  /**
   * Returns whether the process of a node that was heard before is known to have ended: its machine answers that nobody
   * listens where it did. A process that is stopped, or a machine that cannot be reached, does not count as gone.
   */
  Future<Boolean> isGone(String nodeId);

  /** Tells a node of a lease. */
  void tell(String nodeId, Lease lease);
}
