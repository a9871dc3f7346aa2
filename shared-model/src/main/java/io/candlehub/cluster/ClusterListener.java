package io.candlehub.cluster;

import java.util.List;

/** Is told what changes in the cluster, on the Vert.x context it was registered from. */
public interface ClusterListener {
  /**
   * A node came, became available or unavailable, or is gone.
   *
   * @param members all nodes there are now, this one too
   */
  default void membersChanged(List<Member> members) {}

  /**
   * This node no longer hears a majority: others may have taken over what it did. Its shards and leases are lost
   * already. Clients must be told that what they see is not current.
   */
  default void fenced() {}

  /**
   * This node hears the majority again, or two halves of the cluster have merged. What lives in the memory of others
   * (demand, registrations) must be announced again.
   */
  default void restored() {}
}
