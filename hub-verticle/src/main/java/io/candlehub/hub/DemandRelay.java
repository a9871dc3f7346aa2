package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Role;
import io.candlehub.demand.DemandReport;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Takes what is demanded: from gateways what they want of the shards that this node owns or stands by for, from services
 * all they want, which every hub is told, because they know of no shards. Whoever takes a shard over therefore knows
 * already what is wanted of it. Confined to the hub's event loop.
 */
final class DemandRelay {
  /** How long what a gateway told is held unless it is renewed. */
  private static final Duration GATEWAY_LEASE = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final EventBus bus;
  private final ChartCommands charts;
  private final DemandLedger ledger;
  private final PositionTeller positions;

  DemandRelay(Cluster cluster, EventBus bus, ChartCommands charts, Hub hub, OwnedShards shards) {
    this.cluster = cluster;
    this.bus = bus;
    this.charts = charts;
    this.ledger = hub.ledger();
    this.positions = new PositionTeller(cluster.nodeId(), bus, shards, hub);
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
      tellPositions(node, ChartCommands.leaseOf(demand), 0);
    }
  }

  /** Takes what a gateway wants, and tells where this node's part of it is if that is asked. */
  JsonObject leased(JsonObject question) {
    DemandReport report = DemandReport.from(question);
    String lease = "gateway:" + report.owner();
    boolean known = ledger.tell(lease, report, GATEWAY_LEASE);
    if (report.positions()) {
      tellPositions(report.node(), lease, report.since());
    }
    return DemandReport.answer(known);
  }

  private void tellPositions(String node, String lease, long since) {
    ledger.due(lease, since).ifPresent(due -> {
      positions.tell(node, ledger.read(due.rested()), due.upTo());
      if (!due.moving().isEmpty()) {
        positions.tell(node, ledger.read(due.moving()), PositionTeller.NOT_ALL);
      }
    });
  }
}
