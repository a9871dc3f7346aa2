package io.candlehub.bench;

import java.util.List;

/**
 * Which nodes a load is spread over.
 *
 * @param title its name in the table
 * @param clustered whether the nodes look for others
 * @param roles what each node does
 */
record ClusterShape(String title, boolean clustered, List<String> roles) {
  private static final String ALL_ROLES = "ingest,hub,gateway";
  private static final String HUB = "ingest,hub";
  private static final String GATEWAY = "gateway";

  /** The node alone, which the others are compared with, comes first. */
  static final List<ClusterShape> ALL = List.of(
      new ClusterShape("one node", false, List.of(ALL_ROLES)),
      new ClusterShape("one node, in a cluster of its own", true, List.of(ALL_ROLES)),
      new ClusterShape("1 hub, 1 gateway", true, List.of(HUB, GATEWAY)),
      new ClusterShape("1 hub, 2 gateways", true, List.of(HUB, GATEWAY, GATEWAY)),
      new ClusterShape("2 hubs, 2 gateways", true, List.of(HUB, "hub", GATEWAY, GATEWAY)));

  /** Returns how many hubs there are; only they vote. */
  long hubs() {
    return roles.stream().filter(role -> role.contains("hub")).count();
  }

  /** Returns whether a node serves clients. */
  boolean isGateway(int node) {
    return roles.get(node).contains(GATEWAY);
  }
}
