package io.candlehub.cluster;

/**
 * The right to something that only one node may do at a time.
 *
 * @param key what it is the right to, for example {@code shard/7}
 * @param nodeId who holds it; empty if nobody does since its holder released it
 * @param term rises with every grant of this key, also over restarts; whoever receives something done under a lower
 *     term than the highest it has seen must drop it
 */
public record Lease(String key, String nodeId, long term) {
  /** Returns whether somebody holds it. */
  public boolean isHeld() {
    return !nodeId.isEmpty();
  }

  /** Returns whether a node holds it. */
  public boolean isHeldBy(String node) {
    return isHeld() && nodeId.equals(node);
  }
}
