package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Role;
import java.util.Set;

/**
 * A member as the membership tells it.
 *
 * @param nodeId its id on the bus
 * @param roles what it does
 * @param voter whether it counts for the majority
 */
record Seen(String nodeId, Set<Role> roles, boolean voter) {
  Seen {
    roles = Set.copyOf(roles);
  }
}
