package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.IngestLink;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The feed as it arrives at this node: hands each owned shard's events to the hub in order, and tells ingest how far
 * they are applied and safe. Confined to the hub's event loop.
 */
final class FeedInbox {
  private static final Duration ACK_PERIOD = Duration.ofMillis(100);

  private final String node;
  private final IngestLink ingest;
  private final SeriesParts parts;
  private final InstantSource wall;
  private final Hub hub;
  private final HubShards hubShards;
  private final Map<Key, Lane> lanes = new HashMap<>();
  private final Set<Integer> paused = new HashSet<>();
  private final Set<Integer> backed = new HashSet<>();
  private final Set<Key> heard = new LinkedHashSet<>();
  private Scheduler.Cancellable ack = () -> {};
  private boolean stopped;

  private record Key(String provider, int shard) {}

  private record Feed(String provider, long term) {}

  FeedInbox(String node, IngestLink ingest, SeriesParts parts, InstantSource wall, Hub hub) {
    this.node = node;
    this.ingest = ingest;
    this.parts = parts;
    this.wall = wall;
    this.hub = hub;
    hubShards = new HubShards(hub, parts);
  }

  /** One lane with what is known of it here. */
  private final class Lane implements FeedLane.Taker {
    private final Key key;
    private final FeedLane lane;
    private final RebuildMark mark = new RebuildMark();
    private long safeSeq;

    Lane(Key key) {
      this.key = key;
      lane = new FeedLane(node, key.provider, key.shard, ingest, parts.scheduler(), this);
    }

    @Override
    public void rebuild(List<FeedEvent> events) {
      hubShards.rebuild(events);
    }

    @Override
    public void take(List<FeedEvent> events, long receivedMillis) {
      if (key.shard != FeedBatch.EVERY_SHARD) {
        mark.events(parts.clock().millis(), lane.nextSeq() - events.size());
      }
      long underWay = Math.max(0, wall.millis() - lane.lastReceivedMillis());
      hub.take(events, receivedMillis < 0 ? 0 : age(receivedMillis), underWay);
    }

    @Override
    public void status(List<FeedEvent> events) {
      hub.status(events);
    }

    @Override
    public void missed(long receivedMillis) {
      safeSeq = 0;
      parts.hops().lost();
      hubShards.missed(key.shard, marketMillis(receivedMillis));
    }

    @Override
    public void rebuiltFrom(long receivedMillis) {
      hubShards.rebuiltFrom(key.shard, marketMillis(receivedMillis));
    }

    LanePosition position() {
      return new LanePosition(
          key.provider,
          lane.term(),
          lane.nextSeq(),
          mark.seq(lane.nextSeq()),
          mark.millis(parts.clock().millis()),
          lane.lastReceivedMillis());
    }
  }

  private long age(long receivedMillis) {
    long passed = Math.max(0, wall.millis() - receivedMillis);
    return Math.round(passed * parts.clock().speed());
  }

  private long marketMillis(long receivedMillis) {
    return parts.clock().millis() - (receivedMillis < 0 ? 0 : age(receivedMillis));
  }

  /** Takes what a message brings; frames of shards that are not this node's are dropped. */
  void take(FeedParcel parcel) {
    for (FeedBatch frame : parcel.batches()) {
      int shard = frame.shard();
      boolean isStatus = shard == FeedBatch.EVERY_SHARD;
      if (isStatus || (parts.shards().owns(shard) && !paused.contains(shard))) {
        Key key = new Key(frame.provider(), shard);
        lanes.computeIfAbsent(key, Lane::new).lane.take(frame);
        if (!isStatus) {
          acknowledge(key);
        }
      }
    }
  }

  private void acknowledge(Key key) {
    if (heard.isEmpty() && !stopped) {
      ack.cancel();
      ack = parts.scheduler().after(ACK_PERIOD, this::sendAcks);
    }
    heard.add(key);
  }

  private void sendAcks() {
    Map<Feed, List<FeedAcks.ShardAck>> acks = new HashMap<>();
    for (Key key : heard) {
      Lane lane = lanes.get(key);
      if (lane != null && parts.shards().owns(key.shard)) {
        long applied = lane.lane.nextSeq();
        acks.computeIfAbsent(new Feed(key.provider, lane.lane.term()), feed -> new ArrayList<>())
            .add(new FeedAcks.ShardAck(
                key.shard, parts.shards().term(key.shard), applied, safe(lane, applied)));
      }
    }
    heard.clear();
    acks.forEach((feed, shards) -> ingest.send(
        Addresses.INGEST_ACK, new FeedAcks(node, feed.provider, feed.term, shards).toJson()));
  }

  private long safe(Lane lane, long applied) {
    return backed.contains(lane.key.shard) ? Math.min(lane.safeSeq, applied) : applied;
  }

  /** Says whether a shard has a standby, without which everything applied counts as safe. */
  void backed(int shard, boolean hasStandby) {
    if (hasStandby) {
      backed.add(shard);
    } else {
      backed.remove(shard);
    }
  }

  /** Takes note that a shard's standby has all up to positions. */
  void safe(int shard, List<LanePosition> positions) {
    for (LanePosition position : positions) {
      Lane lane = lanes.get(new Key(position.provider(), shard));
      if (lane != null && lane.lane.term() == position.ingestTerm()) {
        lane.safeSeq = Math.max(lane.safeSeq, position.appliedSeq());
        acknowledge(lane.key);
      }
    }
  }

  /** Returns how far a shard has come with each feed. */
  List<LanePosition> positions(int shard) {
    return lanes.values().stream()
        .filter(lane -> lane.key.shard == shard)
        .map(Lane::position)
        .toList();
  }

  /** Goes on with a shard where another node stopped; done when all there was is applied. */
  Future<Void> catchUp(int shard, List<LanePosition> positions) {
    List<Future<Void>> all = new ArrayList<>();
    for (LanePosition position : positions) {
      Lane lane = new Lane(new Key(position.provider(), shard));
      lanes.put(lane.key, lane);
      lane.mark.adopt(parts.clock().millis(), position.rebuildMillis(), position.rebuildSeq());
      all.add(lane.lane.catchUp(position));
    }
    return Future.join(all).mapEmpty();
  }

  /** Takes note that what followed a shard's last known events was not told. */
  void unknownSince(int shard) {
    lanes.values().stream()
        .filter(lane -> lane.key.shard == shard)
        .forEach(lane -> lane.missed(lane.lane.lastReceivedMillis()));
  }

  /** Drops the frames of a shard that is handed over. */
  void pause(int shard) {
    paused.add(shard);
  }

  /** Takes the frames of a shard again. */
  void resume(int shard) {
    paused.remove(shard);
  }

  /** Forgets a shard. */
  void drop(int shard) {
    paused.remove(shard);
    backed.remove(shard);
    lanes.values().removeIf(lane -> {
      if (lane.key.shard == shard) {
        lane.lane.end();
      }
      return lane.key.shard == shard;
    });
  }

  void stop() {
    stopped = true;
    ack.cancel();
    lanes.values().forEach(lane -> lane.lane.end());
  }
}
