package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Candidacy;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Leader;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.LeaseTable;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ShardOwner;
import io.candlehub.cluster.Subscribers;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster of a node, apart from how members are found and reached. Every {@link #BEAT_MILLIS} it looks at the
 * members, at the majority, at its leases and shards. Confined to the loop, except what {@link Cluster} offers.
 */
final class ClusterCore implements Cluster {
  static final long BEAT_MILLIS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ClusterCore.class);
  private static final long PROBE_NANOS = 200_000_000L;
  private static final long LASTING_NANOS = 10_000_000_000L;
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

  private final Seen self;
  private final Loop loop;
  private final Peers peers;
  private final Supplier<List<Seen>> membership;
  private final ClusterMeters meters;
  private final int quorum;
  private final Majority majority;
  private final Leases leases;
  private final BusRepair repair;
  private final Subscribers<ClusterListener> listeners = new Subscribers<>();
  private final Map<String, Boolean> availability = new HashMap<>();
  private final List<Competition> competitions = new ArrayList<>();
  private Optional<ShardKeeper> keeper = Optional.empty();
  private Scheduler.Cancellable nextBeat = () -> {};
  private Set<String> present = Set.of();
  private long probedNanos;
  private boolean fenced = true;
  private long fencedSinceNanos;
  private boolean saidWhy;
  private boolean leaving;
  private boolean stopped;
  private boolean tooManyVoters;
  private volatile List<Member> members;

  /**
   * Creates the cluster of a node; {@link #start} lets it begin.
   *
   * @param outside how members are found and reached
   * @param quorum how many voters are a majority
   */
  ClusterCore(Seen self, int quorum, Loop loop, Outside outside) {
    this.self = self;
    this.loop = loop;
    this.peers = outside.peers;
    this.membership = outside.membership;
    this.meters = outside.meters;
    this.quorum = quorum;
    this.majority = new Majority(quorum, self.voter());
    this.leases =
        new Leases(self.nodeId(), quorum, loop, outside.store, this::isFenced, this::announce);
    this.repair = new BusRepair(loop, peers, () -> {
      meters.repaired();
      outside.repair.run();
    });
    this.members = List.of(new Member(self.nodeId(), self.roles(), isAvailable()));
    this.probedNanos = loop.nanos() - PROBE_NANOS;
    this.fencedSinceNanos = loop.nanos();
  }

  /**
   * How members are found and reached.
   *
   * @param membership the members there are now; must not wait
   * @param peers talks to them
   * @param store where the leases lie
   * @param repair publishes this node's registrations again
   * @param meters the numbers
   */
  record Outside(
      Supplier<List<Seen>> membership,
      Peers peers,
      LeaseStore store,
      Runnable repair,
      ClusterMeters meters) {}

  /** Begins to beat. */
  void start() {
    beat();
  }

  /** Ends everything; what is held runs out. */
  void stop() {
    stopped = true;
    nextBeat.cancel();
  }

  private void beat() {
    if (stopped) {
      return;
    }
    nextBeat = loop.scheduler().after(Duration.ofMillis(BEAT_MILLIS), this::beat);
    look();
  }

  /** One look at everything. The fence comes first: a process that was stopped must not act before it. */
  private void look() {
    watchFence();
    watchMembers();
    watchFence();
    if (loop.nanos() - probedNanos >= PROBE_NANOS) {
      probedNanos = loop.nanos();
      probe();
      repair.tick(others());
    }
    leases.tick();
    act();
    meters.leases(leases.heldCount());
  }

  private void act() {
    if (!fenced || leaving) {
      keeper.ifPresent(one -> one.tick(members));
    }
    if (!fenced && !leaving) {
      List.copyOf(competitions).forEach(one -> one.tick(members));
    }
  }

  private void watchFence() {
    boolean now = majority.isFenced(loop.nanos());
    if (now == fenced) {
      sayWhyFenced();
      return;
    }
    fenced = now;
    fencedSinceNanos = loop.nanos();
    meters.fenced(now);
    if (now) {
      LOG.warn("fenced: no majority is heard");
      leases.fence();
      listeners.each(ClusterListener::fenced);
    } else {
      LOG.info("a majority is heard [members: {}]", members.size());
      leases.refresh();
      listeners.each(ClusterListener::restored);
    }
  }

  /** Says once what is missing when that lasts, as after a start among too few. */
  private void sayWhyFenced() {
    if (fenced && !saidWhy && loop.nanos() - fencedSinceNanos > LASTING_NANOS) {
      LOG.warn(
          "not ready: too few of cluster.expected-hubs are heard [voters heard: {}, needed: {}, members: {}]",
          majority.heard(loop.nanos()),
          quorum,
          members.size());
    }
    saidWhy = fenced && loop.nanos() - fencedSinceNanos > LASTING_NANOS;
  }

  private void watchMembers() {
    List<Seen> seen = membership.get();
    Set<String> now = seen.stream().map(Seen::nodeId).collect(Collectors.toSet());
    if (!now.equals(present)) {
      LOG.info(
          "members changed [now: {}, joined: {}, left: {}]",
          now.size(),
          without(now, present),
          without(present, now));
      present = now;
      availability.keySet().retainAll(now);
    }
    List<Member> next = seen.stream()
        .map(one -> new Member(one.nodeId(), one.roles(), isAvailable(one.nodeId())))
        .sorted(Comparator.comparing(Member::nodeId))
        .toList();
    Set<String> voters = new HashSet<>();
    seen.stream().filter(Seen::voter).forEach(one -> voters.add(one.nodeId()));
    meters.members(seen.size(), voters.size());
    warnOfVoters(voters.size());
    voters.remove(self.nodeId());
    majority.members(now.contains(self.nodeId()), voters);
    if (!next.equals(members)) {
      members = next;
      listeners.each(listener -> listener.membersChanged(next));
    }
  }

  private static List<String> without(Set<String> all, Set<String> others) {
    return all.stream().filter(one -> !others.contains(one)).sorted().toList();
  }

  /** More voters than two majorities leave room for: the configured number is wrong. */
  private void warnOfVoters(int voters) {
    boolean tooMany = voters >= 2 * quorum;
    if (tooMany && !tooManyVoters) {
      LOG.warn(
          "cluster.expected-hubs is too small: two halves could both have a majority [voters: {},"
              + " majority: {}]",
          voters,
          quorum);
    }
    tooManyVoters = tooMany;
  }

  private boolean isAvailable(String nodeId) {
    return nodeId.equals(self.nodeId()) ? isAvailable() : availability.getOrDefault(nodeId, false);
  }

  /** A hub is available once it takes shards, any other node from the start. */
  private boolean isAvailable() {
    return !leaving && (keeper.isPresent() || !self.roles().contains(Role.HUB));
  }

  private List<String> others() {
    return without(present, Set.of(self.nodeId()));
  }

  private void probe() {
    long sentNanos = loop.nanos();
    for (String nodeId : others()) {
      peers.probe(nodeId, isAvailable()).onSuccess(available -> {
        majority.heard(nodeId, sentNanos);
        repair.answered(nodeId);
        noteAvailability(nodeId, available);
      });
    }
  }

  private void noteAvailability(String nodeId, boolean available) {
    if (!present.contains(nodeId)) {
      return;
    }
    Boolean before = availability.put(nodeId, available);
    if (before == null || before != available) {
      watchMembers();
      act();
    }
  }

  private void announce(Lease lease) {
    others().forEach(nodeId -> peers.tell(nodeId, lease));
  }

  /** Returns the holder of a lease if it counts as alive: it is a member and its lease has not run out. */
  private Optional<String> livingHolder(String key) {
    return leases
        .record(key)
        .filter(record -> present.contains(record.holder()) && leases.isRenewed(key, record))
        .map(LeaseRecord::holder);
  }

  /** Answers a probe of another node. */
  boolean probed(String from, boolean available) {
    noteAvailability(from, available);
    return isAvailable();
  }

  /** Probes a node that wants to know whether it can be reached. */
  Future<Boolean> echoAsked(String from) {
    return peers.probe(from, isAvailable()).map(true).otherwise(false);
  }

  /** Another node wants a shard of this one. */
  Future<Boolean> moveAsked(String from, int shard) {
    return keeper.isPresent() && !fenced && !leaving
        ? keeper.get().moveAsked(shard, from)
        : Future.succeededFuture(false);
  }

  /** Another node tells of a lease. */
  void told(Lease lease) {
    leases.told(lease);
    act();
  }

  /** Two halves of the cluster have merged. */
  void merged() {
    LOG.info("two halves of the cluster have merged");
    meters.merged();
    watchMembers();
    leases.refresh();
    listeners.each(ClusterListener::restored);
  }

  /** The membership may have changed. */
  void membershipChanged() {
    if (!stopped) {
      look();
    }
  }

  @Override
  public String nodeId() {
    return self.nodeId();
  }

  @Override
  public List<Member> members() {
    return members;
  }

  @Override
  public boolean isFenced() {
    return majority.isFenced(loop.nanos());
  }

  @Override
  public LeaseTable leases() {
    return leases;
  }

  @Override
  public Registration listen(ClusterListener listener) {
    return listeners.add(listener);
  }

  @Override
  public Future<Void> own(ShardOwner owner) {
    ShardCalls calls = new ShardCalls(owner, CallerContext.current(), loop.executor());
    return loop.call(() -> {
      if (keeper.isPresent()) {
        return Future.failedFuture(new IllegalStateException("this node has an owner already"));
      }
      ShardKeeper one =
          new ShardKeeper(self.nodeId(), loop, leases, peers, calls, meters, this::livingHolder);
      keeper = Optional.of(one);
      probe();
      membershipChanged();
      return one.settled();
    });
  }

  @Override
  public Candidacy compete(String key, Role role, Leader leader) {
    Competition.Seat seat =
        new Competition.Seat(self.nodeId(), key, role, leader, CallerContext.current());
    Competition one = new Competition(
        seat,
        loop,
        leases,
        new Competition.Sight(this::livingHolder, this::lastHeardNanos, peers::isGone));
    loop.executor().execute(() -> {
      competitions.add(one);
      membershipChanged();
    });
    return one.candidacy(() -> competitions.remove(one));
  }

  private OptionalLong lastHeardNanos(String nodeId) {
    return majority.lastHeardNanos(nodeId);
  }

  @Override
  public Future<Void> leave() {
    return loop.call(() -> {
      leaving = true;
      List<Future<Void>> ends = new ArrayList<>();
      competitions.forEach(one -> ends.add(one.leave()));
      competitions.clear();
      keeper.ifPresent(one -> ends.add(one.leave()));
      probe();
      membershipChanged();
      return loop.limited(Future.join(ends), LEAVE_LIMIT)
          .onFailure(e ->
              LOG.warn("left without having handed everything over [cause: {}]", e.getMessage()))
          .<Void>mapEmpty()
          .otherwiseEmpty();
    });
  }
}
