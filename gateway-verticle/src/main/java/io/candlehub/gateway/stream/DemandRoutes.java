package io.candlehub.gateway.stream;

import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which hubs are to know what is wanted of a shard: its owner, and the one that comes next, so that whoever takes the
 * shard over knows it already. While no owner is known, the two that should own it.
 *
 * <p>Confined to the gateway's event loop.
 */
final class DemandRoutes implements DemandLease.Hubs {
  private static final int HUBS_OF_A_SHARD = 2;

  private final Cluster cluster;
  private final HubClient client;

  /** What hubs said themselves, which may be ahead of the table of leases. */
  private final Map<Integer, Lease> announced = new HashMap<>();

  DemandRoutes(Cluster cluster, HubClient client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Takes note that a node owns shards under terms. */
  void announced(String node, Map<Integer, Long> terms) {
    terms.forEach((shard, term) -> announced.merge(
        shard,
        new Lease(Shards.leaseKey(shard), node, term),
        (former, said) -> said.term() > former.term() ? said : former));
  }

  @Override
  public String node() {
    return cluster.nodeId();
  }

  @Override
  public List<String> of(int shard) {
    List<Member> members = cluster.members();
    Optional<String> owner = owner(shard).filter(node -> isHub(node, members));
    return Stream.concat(owner.stream(), Shards.preference(shard, members).stream())
        .distinct()
        .limit(HUBS_OF_A_SHARD)
        .toList();
  }

  private Optional<String> owner(int shard) {
    return Stream.concat(cluster.owner(shard).stream(), Stream.ofNullable(announced.get(shard)))
        .reduce((one, other) -> other.term() > one.term() ? other : one)
        .map(Lease::nodeId);
  }

  @Override
  public boolean isThere(String hub) {
    return isHub(hub, cluster.members());
  }

  private static boolean isHub(String node, List<Member> members) {
    return members.stream()
        .anyMatch(member -> member.nodeId().equals(node) && member.has(Role.HUB));
  }

  @Override
  public Future<JsonObject> tell(String hub, JsonObject report) {
    return client.tellDemand(hub, report);
  }
}
