package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Role;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;

/**
 * Tells every hub a consumer's whole demand, of which each serves what its shards have. Whoever takes a shard over
 * therefore knows already what is wanted of it, whatever was known of owners when the demand was told. Confined to the
 * hub's event loop.
 */
final class DemandRelay {
  private final Cluster cluster;
  private final EventBus bus;
  private final ChartCommands charts;
  private final PositionTeller positions;

  DemandRelay(Cluster cluster, EventBus bus, ChartCommands charts, PositionTeller positions) {
    this.cluster = cluster;
    this.bus = bus;
    this.charts = charts;
    this.positions = positions;
  }

  /** Takes a consumer's demand, tells it to the other hubs and answers. */
  JsonObject demand(JsonObject question) {
    relayed(question);
    for (Member member : cluster.members()) {
      if (member.has(Role.HUB) && !member.nodeId().equals(cluster.nodeId())) {
        bus.send(Addresses.hubDemand(member.nodeId()), question);
      }
    }
    return new JsonObject();
  }

  /** Takes a demand that another hub was told, and tells where this node's part of it is if that is asked. */
  void relayed(JsonObject question) {
    ChartCommands.Demand demand = ChartCommands.demandOf(question);
    charts.demand(demand);
    if (question.getValue("positions") == Boolean.TRUE
        && question.getValue("node") instanceof String node) {
      positions.tell(node, demand.topics());
    }
  }
}
