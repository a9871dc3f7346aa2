package io.candlehub.cluster;

import io.vertx.core.Future;

/**
 * The hub of a node, told which shards are its own. Called on the Vert.x context that {@link Cluster#own} was called
 * from; for one shard the calls alternate: gained, then release or lost, then gained.
 */
public interface ShardOwner {
  /**
   * The shard is this node's: load what is known of it and serve it.
   *
   * @param term goes with everything that is published for the shard
   * @param planned true if the last owner has handed its state over and stopped ({@link #release}), so that nothing is
   *     missing; false if it died or was cut off, or there was none
   * @return done when the shard is served; if it fails, the shard is {@link #lost} and somebody may try again
   */
  Future<Void> gained(int shard, long term, boolean planned);

  /**
   * The shard is to move: bring the successor's state up to date, stop serving, hand over the last change.
   *
   * @param successorNodeId the node that will own the shard next
   * @return done when the successor has everything, this node has stopped and holds nothing of the shard any more; if
   *     it fails, this node has gone on serving and remains the owner. Must end within 10 s; a longer wait ends in
   *     {@link #lost}.
   */
  Future<Void> release(int shard, String successorNodeId);

  /**
   * The shard is not this node's any more, without warning: stop publishing for it at once. No call back into the
   * cluster is needed. A release or gain that is under way may be abandoned. What is left of the state is worth no more
   * and no less than a standby's copy: after a short fence the shard may come back to this node, with a higher term.
   */
  void lost(int shard);
}
