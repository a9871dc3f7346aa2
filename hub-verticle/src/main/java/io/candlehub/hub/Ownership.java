package io.candlehub.hub;

import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in the cluster: its shards, the feed that comes for them, the copies others keep of them and the
 * copies it keeps of others'. Confined to the hub's event loop.
 */
final class Ownership implements ClusterListener {
  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  private final Cluster cluster;
  private final FeedInbox inbox;
  private final StandbyStore copies;
  private final StandbySender sender;
  private final ShardMoves moves;
  private final CommandRouter router;
  private final DemandLedger demand;
  private Set<String> known = Set.of();
  private Registration members = () -> {};
  private Registration leases = () -> {};
  private boolean stopped;

  Ownership(HubAssembly.Ground ground, SeriesParts parts, Hub hub, CommandRouter router) {
    cluster = ground.cluster();
    this.router = router;
    demand = hub.ledger();
    StandbyMeters meters = new StandbyMeters(ground.meters());
    OwnedShards shards = parts.shards();
    inbox = new FeedInbox(cluster.nodeId(), ground.ingest(), parts, ground.wallClock(), hub);
    copies = new StandbyStore(ground.scheduler(), ground.config().confirmDelay(), shards, meters);
    sender = new StandbySender(
        cluster, ground.bus(), ground.scheduler(), ground.wallClock(), shards, hub, inbox, meters);
    moves = new ShardMoves(
        cluster,
        ground.bus(),
        ground.scheduler(),
        shards,
        new HubShards(hub, parts),
        inbox,
        copies,
        sender,
        parts.hops());
  }

  FeedInbox inbox() {
    return inbox;
  }

  /** Takes what an owner tells this node as its standby. */
  void standBy(Message<Buffer> message) {
    try {
      message.reply(copies.take(StandbyBatch.of(message.body())));
    } catch (IllegalArgumentException unreadable) {
      LOG.error("standby message not taken", unreadable);
      message.fail(0, "unreadable");
    }
  }

  /** Asks for shards; from now on they come and go. */
  void start() {
    members = cluster.listen(this);
    known = nodes(cluster.members());
    leases = cluster.leases().listen(this::leaseChanged);
    cluster.own(moves).onFailure(failure -> {
      if (!stopped) {
        LOG.warn("no shards yet [cause: {}]", failure.getMessage());
      }
    });
  }

  private void leaseChanged(Lease lease) {
    if (!stopped) {
      router.ownerChanged(lease);
      sender.retarget();
    }
  }

  @Override
  public void membersChanged(List<Member> now) {
    if (!stopped) {
      router.membersChanged(now);
      sender.membersChanged(now);
      Set<String> left = new HashSet<>(known);
      known = nodes(now);
      left.removeAll(known);
      demand.left(left);
    }
  }

  private static Set<String> nodes(List<Member> members) {
    return members.stream().map(Member::nodeId).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void fenced() {
    if (!stopped) {
      router.fenced();
    }
  }

  void stop() {
    stopped = true;
    members.cancel();
    leases.cancel();
    sender.stop();
    copies.stop();
    inbox.stop();
  }
}
