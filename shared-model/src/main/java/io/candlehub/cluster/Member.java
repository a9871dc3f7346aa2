package io.candlehub.cluster;

import java.util.Set;

/**
 * A node of the cluster.
 *
 * @param nodeId names this run of the node, part of its bus addresses; a node that is restarted has another one, a node
 *     that comes back after a partition the same
 * @param roles what the node does
 * @param available whether it may be given shards and leases: it has begun to serve and is not about to leave
 */
public record Member(String nodeId, Set<Role> roles, boolean available) {
  /** Checks and copies. */
  public Member {
    if (nodeId.isEmpty()) {
      throw new IllegalArgumentException("nodeId is empty");
    }
    roles = Set.copyOf(roles);
  }

  /** Returns whether the node has a role. */
  public boolean has(Role role) {
    return roles.contains(role);
  }
}
