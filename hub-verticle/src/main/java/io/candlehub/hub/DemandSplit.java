package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Role;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells each hub its part of a consumer's demand, the empty part too, so that what it wanted there before ends. Topics
 * of shards that nobody owns at the moment are told to all. Confined to the hub's event loop.
 */
final class DemandSplit {
  private final Cluster cluster;
  private final EventBus bus;
  private final OwnedShards shards;
  private final ChartCommands charts;
  private final PositionTeller positions;

  DemandSplit(
      Cluster cluster,
      EventBus bus,
      OwnedShards shards,
      ChartCommands charts,
      PositionTeller positions) {
    this.cluster = cluster;
    this.bus = bus;
    this.shards = shards;
    this.charts = charts;
    this.positions = positions;
  }

  /** Takes a consumer's demand and answers. */
  JsonObject demand(JsonObject question) {
    ChartCommands.Demand demand = ChartCommands.demandOf(question);
    List<String> others = cluster.members().stream()
        .filter(member -> member.has(Role.HUB) && !member.nodeId().equals(cluster.nodeId()))
        .map(Member::nodeId)
        .toList();
    if (others.isEmpty()) {
      take(question, demand);
      return new JsonObject();
    }
    Map<String, Set<String>> parts = new TreeMap<>();
    for (String topic : demand.topics()) {
      String owner = owner(topic);
      if (owner.equals(cluster.nodeId()) || !others.contains(owner)) {
        parts.computeIfAbsent(cluster.nodeId(), node -> new TreeSet<>()).add(topic);
      }
      others.stream()
          .filter(node -> owner.isEmpty() || owner.equals(node))
          .forEach(node -> parts.computeIfAbsent(node, part -> new TreeSet<>()).add(topic));
    }
    take(question, demand.with(parts.getOrDefault(cluster.nodeId(), Set.of())));
    for (String node : others) {
      JsonArray topics = new JsonArray();
      parts.getOrDefault(node, Set.of()).forEach(topics::add);
      bus.send(Addresses.hubDemand(node), question.copy().put("topics", topics));
    }
    return new JsonObject();
  }

  private String owner(String topic) {
    Optional<Instrument> instrument = Addresses.parseChart(topic)
        .map(StreamKey::instrument)
        .or(() -> Addresses.parseQuote(topic));
    int shard = shards.of(instrument.orElseThrow());
    return shards.owns(shard)
        ? cluster.nodeId()
        : cluster.owner(shard).map(Lease::nodeId).orElse("");
  }

  /** Takes the part of a demand that another hub has told this one. */
  void part(JsonObject question) {
    take(question, ChartCommands.demandOf(question));
  }

  /** Takes what this node has to serve of a demand, and tells where it is if that is asked. */
  private void take(JsonObject question, ChartCommands.Demand demand) {
    charts.demand(demand);
    if (question.getValue("positions") == Boolean.TRUE
        && question.getValue("node") instanceof String node) {
      positions.tell(node, demand.topics());
    }
  }
}
