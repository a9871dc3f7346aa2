package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ShardOwner;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes shards over, hands them over and loses them. A shard of which this node has a copy goes on where its owner
 * stopped: the feed is told again from the minute before the copy's position, and only then anything is published. One
 * without a copy begins anew, with new epochs. Confined to the hub's event loop.
 */
final class ShardMoves implements ShardOwner {
  private static final Logger LOG = LoggerFactory.getLogger(ShardMoves.class);
  private static final Duration ANNOUNCE_TOGETHER = Duration.ofMillis(20);

  private final Cluster cluster;
  private final EventBus bus;
  private final Scheduler scheduler;
  private final OwnedShards shards;
  private final HubShards hub;
  private final FeedInbox inbox;
  private final StandbyStore copies;
  private final StandbySender sender;
  private final HubHops hops;
  private final MoveLog log;
  private final Map<Integer, Long> announced = new TreeMap<>();

  ShardMoves(
      Cluster cluster,
      EventBus bus,
      Scheduler scheduler,
      OwnedShards shards,
      HubShards hub,
      FeedInbox inbox,
      StandbyStore copies,
      StandbySender sender,
      HubHops hops) {
    this.cluster = cluster;
    this.bus = bus;
    this.scheduler = scheduler;
    this.shards = shards;
    this.hub = hub;
    this.inbox = inbox;
    this.copies = copies;
    this.sender = sender;
    this.hops = hops;
    this.log = new MoveLog(scheduler);
  }

  @Override
  public Future<Void> gained(int shard, long term, boolean planned) {
    Optional<StandbyStore.Copy> copy = copies.remove(shard);
    shards.gained(shard, term);
    if (copy.isEmpty()) {
      serve(shard);
      return Future.succeededFuture();
    }
    long begun = hops.nanos();
    hub.adopt(shard, copy.get());
    return inbox.catchUp(shard, copy.get().positions()).transform(replayed -> {
      if (!shards.owns(shard, term)) {
        return Future.failedFuture("shard " + shard + " was lost meanwhile");
      }
      int series = copy.get().series().size();
      LOG.debug(
          "shard taken over [shard: {}, term: {}, planned: {}, series: {}, replayed: {}]",
          shard,
          term,
          planned,
          series,
          replayed.succeeded());
      if (!planned) {
        log.takenOver(shard, series, replayed.succeeded());
      }
      if (replayed.failed()) {
        inbox.unknownSince(shard);
      }
      serve(shard);
      hops.takenOver(planned, hops.nanos() - begun);
      return Future.succeededFuture();
    });
  }

  private void serve(int shard) {
    shards.serve(shard);
    hub.served(shard);
    sender.retarget();
    announce(shard);
  }

  /** Tells gateways that demand is to be told to another node; shards gained together are told together. */
  private void announce(int shard) {
    if (announced.isEmpty()) {
      scheduler.after(ANNOUNCE_TOGETHER, this::publishOwner);
    }
    announced.put(shard, shards.term(shard));
  }

  private void publishOwner() {
    announced.entrySet().removeIf(entry -> !shards.owns(entry.getKey(), entry.getValue()));
    if (!announced.isEmpty()) {
      JsonArray list = new JsonArray();
      JsonArray terms = new JsonArray();
      announced.forEach((shard, term) -> {
        list.add(shard);
        terms.add(term);
      });
      long highest =
          announced.values().stream().mapToLong(Long::longValue).max().orElseThrow();
      bus.publish(
          Addresses.HUB_OWNER,
          new JsonObject()
              .put("shards", list)
              .put("terms", terms)
              .put("term", highest)
              .put("node", cluster.nodeId()));
    }
    announced.clear();
  }

  @Override
  public Future<Void> release(int shard, String successorNodeId) {
    if (!shards.owns(shard)) {
      return Future.failedFuture("shard " + shard + " is not owned");
    }
    long term = shards.term(shard);
    return sender
        .handOver(shard, successorNodeId, () -> pause(shard))
        .onSuccess(told -> {
          LOG.debug("shard handed over [shard: {}, to: {}]", shard, successorNodeId);
          drop(shard);
        })
        .onFailure(failure -> {
          if (shards.owns(shard, term)) {
            LOG.debug("shard not handed over [shard: {}, to: {}]", shard, successorNodeId, failure);
            inbox.resume(shard);
            shards.serve(shard);
            hub.served(shard);
            sender.retarget();
          }
        });
  }

  private void pause(int shard) {
    hub.flush(shard);
    shards.pause(shard);
    inbox.pause(shard);
  }

  @Override
  public void lost(int shard) {
    if (shards.owns(shard)) {
      log.lost(shard);
      StandbyBatch.Section state = sender.state(shard);
      drop(shard);
      copies.keep(state);
    }
  }

  /** The right to the shard goes first, so that nothing which ends with it publishes once more. */
  private void drop(int shard) {
    shards.lost(shard);
    sender.drop(shard);
    inbox.drop(shard);
    hub.drop(shard);
    sender.retarget();
  }
}
