package io.candlehub.ingest;

import io.candlehub.bus.FeedAcks;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each shard's events from the journal to the shard's owner. A frame is sent when it is received if all before it
 * were; what could not be sent, or was not acknowledged, is read back from the journal, so that nothing else has to
 * remember it. On its way to one node are never more than four megabytes. Confined to one event loop.
 */
final class FeedFlow {
  /** Most bytes sent to a node and not acknowledged. */
  static final long WINDOW_BYTES = 4 << 20;

  /** A node that owes acknowledgements and says nothing for so long gets no more. */
  static final Duration SILENT_AFTER = Duration.ofSeconds(2);

  /** A shard of which nothing is acknowledged for so long is sent again. */
  static final Duration STUCK_AFTER = Duration.ofSeconds(1);

  /** How often a silent node is tried. */
  static final Duration PROBE_EVERY = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(FeedFlow.class);
  private static final int FRAME_BYTES = 64 << 10;
  private static final int PROBE_BYTES = 4 << 10;
  private static final int PARCEL_BYTES = 256 << 10;

  private final Feed feed;
  private final InstantSource wallClock;
  private final LongSupplier nanoClock;
  private final FeedHops hops;
  private final BiFunction<String, FeedParcel, Future<Void>> outlet;
  private final List<ShardLane> lanes = new ArrayList<>();
  private final Map<String, NodeLink> links = new HashMap<>();

  /**
   * Creates a flow to nobody.
   *
   * @param outlet hands a parcel for a node to the bus; fails if it knows that it did not arrive
   */
  FeedFlow(
      Feed feed,
      InstantSource wallClock,
      LongSupplier nanoClock,
      FeedHops hops,
      BiFunction<String, FeedParcel, Future<Void>> outlet) {
    this.feed = feed;
    this.wallClock = wallClock;
    this.nanoClock = nanoClock;
    this.hops = hops;
    this.outlet = outlet;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      lanes.add(new ShardLane(shard, feed.journal.shard(shard)));
    }
  }

  /**
   * What flows.
   *
   * @param provider whose events
   * @param term of the lease under which they are received
   * @param journal where they are kept
   */
  record Feed(String provider, long term, FeedJournal journal) {}

  /** Takes events of one shard that were received just now; {@link #flush} sends them. */
  void live(int shard, List<FeedEvent> events) {
    ShardLane lane = lanes.get(shard);
    boolean caughtUp = lane.isCaughtUp();
    long first = lane.journal().nextSeq();
    int bytes = feed.journal.append(shard, events, wallClock.millis());
    if (caughtUp && canSend(lane)) {
      send(lane, first, lane.journal().newestMillis(), events, bytes);
      hops.frame(FeedHops.Sent.LIVE);
    }
  }

  /** Takes events, or none, that concern every hub that is not silent; {@link #flush} sends them. */
  void status(long firstSeq, List<FeedEvent> events) {
    FeedBatch batch = status(feed, firstSeq, wallClock.millis(), events);
    for (NodeLink link : links.values()) {
      if (events.isEmpty() || !link.isSilent()) {
        link.add(batch, 0);
      }
    }
  }

  static FeedBatch status(Feed feed, long firstSeq, long nowMillis, List<FeedEvent> events) {
    return new FeedBatch(
        feed.provider, feed.term, FeedBatch.EVERY_SHARD, firstSeq, nowMillis, events);
  }

  /** Sends what was taken. */
  void flush() {
    links.values().forEach(this::flush);
  }

  /** Takes what a hub node has. */
  void acknowledged(FeedAcks acks) {
    if (acks.ingestTerm() != feed.term || !acks.provider().equals(feed.provider)) {
      return;
    }
    long now = nanoClock.getAsLong();
    NodeLink link = link(acks.node());
    heard(link);
    for (FeedAcks.ShardAck ack : acks.shards()) {
      if (ack.shard() >= 0 && ack.shard() < lanes.size()) {
        acknowledged(link, ack, now);
      }
    }
    link.lanes().forEach(this::pump);
    flush(link);
  }

  private void acknowledged(NodeLink link, FeedAcks.ShardAck ack, long now) {
    ShardLane lane = lanes.get(ack.shard());
    if (ack.shardTerm() > lane.term()) {
      lane.assign(link, ack.shardTerm(), now);
    }
    if (ack.shardTerm() == lane.term()
        && lane.link().filter(owner -> owner == link).isPresent()) {
      lane.acknowledged(ack.appliedSeq(), ack.safeSeq(), now);
    }
  }

  /** Takes what is known of a shard's owner; others' leases are ignored. */
  void owner(Lease lease) {
    Shards.ofLeaseKey(lease.key()).ifPresent(shard -> owner(lanes.get(shard), lease));
  }

  private void owner(ShardLane lane, Lease lease) {
    if (lease.term() < lane.term()) {
      return;
    }
    boolean same = lease.term() == lane.term()
        && lane.link().filter(link -> lease.isHeldBy(link.nodeId())).isPresent();
    if (!lease.isHeld()) {
      lane.detach();
    } else if (!same) {
      lane.assign(link(lease.nodeId()), lease.term(), nanoClock.getAsLong());
      pump(lane);
      lane.link().ifPresent(this::flush);
    }
  }

  /** Takes who is there: a new hub is told where the status stands, one that is gone gets nothing any more. */
  void members(List<Member> members, long statusSeq) {
    Set<String> hubs = new HashSet<>();
    for (Member member : members) {
      if (member.has(Role.HUB)) {
        hubs.add(member.nodeId());
        if (!links.containsKey(member.nodeId())) {
          link(member.nodeId()).add(status(feed, statusSeq, wallClock.millis(), List.of()), 0);
        }
      }
    }
    for (NodeLink link : List.copyOf(links.values())) {
      if (!hubs.contains(link.nodeId())) {
        List.copyOf(link.lanes()).forEach(ShardLane::detach);
        links.remove(link.nodeId());
      }
    }
    flush();
  }

  /** Looks who is silent, what is stuck and what waits; to be called every 100 ms or so. */
  void tick() {
    long now = nanoClock.getAsLong();
    for (NodeLink link : links.values()) {
      if (link.isOverdue(now, SILENT_AFTER.toNanos())) {
        silence(link);
      }
      if (link.isProbeDue(now, PROBE_EVERY.toNanos())) {
        probe(link, now);
      }
    }
    for (ShardLane lane : lanes) {
      if (lane.isStuck(now, STUCK_AFTER.toNanos())
          && lane.link().filter(link -> !link.isSilent()).isPresent()) {
        lane.rewindCarefully(now);
      }
      pump(lane);
    }
    flush();
    hops.silentNodes(links.values().stream().filter(NodeLink::isSilent).count());
  }

  private void silence(NodeLink link) {
    long now = nanoClock.getAsLong();
    if (link.silence(now)) {
      hops.stall();
      LOG.warn(
          "hub node is silent [node: {}, shards: {}]",
          link.nodeId(),
          link.lanes().size());
    }
    link.lanes().forEach(lane -> lane.rewindCarefully(now));
  }

  /** Sends a little of one shard that is owed something, another one each time. */
  private void probe(NodeLink link, long now) {
    link.lanes().stream().filter(ShardLane::isOwed).findFirst().ifPresent(lane -> {
      link.lanes().remove(lane);
      link.lanes().add(lane);
      lane.rewindCarefully(now);
      again(lane);
    });
  }

  private boolean canSend(ShardLane lane) {
    return lane.link()
        .filter(link -> !link.isSilent() && link.flightBytes() < WINDOW_BYTES)
        .filter(link -> !lane.isCareful() || !lane.hasFlights())
        .isPresent();
  }

  private void pump(ShardLane lane) {
    boolean sent = true;
    while (sent && !lane.isCaughtUp() && canSend(lane)) {
      sent = again(lane);
      lane.link().filter(link -> link.outgoingBytes() >= PARCEL_BYTES).ifPresent(this::flush);
    }
  }

  private boolean again(ShardLane lane) {
    ShardJournal.Slice slice =
        lane.journal().read(lane.nextSeq(), lane.isCareful() ? PROBE_BYTES : FRAME_BYTES);
    if (slice.events().isEmpty()) {
      return false;
    }
    send(lane, slice.firstSeq(), slice.receivedMillis(), slice.events(), slice.bytes());
    hops.frame(FeedHops.Sent.AGAIN);
    return true;
  }

  private void send(
      ShardLane lane, long firstSeq, long receivedMillis, List<FeedEvent> events, int bytes) {
    FeedBatch batch =
        new FeedBatch(feed.provider, feed.term, lane.shard(), firstSeq, receivedMillis, events);
    lane.link().ifPresent(link -> link.add(batch, bytes));
    lane.sent(batch.endSeq(), bytes, nanoClock.getAsLong());
  }

  private void flush(NodeLink link) {
    if (link.hasOutgoing()) {
      outlet.apply(link.nodeId(), link.takeParcel()).onComplete(written -> {
        if (links.get(link.nodeId()) == link) {
          written(link, written.succeeded());
        }
      });
    }
  }

  /** A write that fails tells that the node is not there; one that does not tells nothing of what was sent before. */
  private void written(NodeLink link, boolean succeeded) {
    if (!succeeded) {
      silence(link);
    } else if (link.isSilent() && !link.isOwing()) {
      heard(link);
    }
  }

  private void heard(NodeLink link) {
    if (link.heard(nanoClock.getAsLong())) {
      LOG.info("hub node is there again [node: {}]", link.nodeId());
      link.lanes().forEach(ShardLane::trust);
    }
  }

  private NodeLink link(String nodeId) {
    return links.computeIfAbsent(nodeId, id -> new NodeLink(id, nanoClock.getAsLong()));
  }
}
