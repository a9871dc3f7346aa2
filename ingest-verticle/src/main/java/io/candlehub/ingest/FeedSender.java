package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedReplay;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Shards;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * The feed of a node in a cluster, for one term: keeps a provider's events in journals by shard and sends them to the
 * shards' owners. Confined to one event loop.
 */
final class FeedSender implements FeedSink {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int TICKS_A_SECOND = 10;
  private static final int ANSWER_BYTES = 512 << 10;

  private final Cluster cluster;
  private final Clocks clocks;
  private final FeedHops hops;
  private final FeedFlow.Feed feed;
  private final FeedFlow flow;
  private final StatusBoard board = new StatusBoard();
  private final ShardSorter sorter = new ShardSorter();
  private final List<FeedEvent> statuses = new ArrayList<>();
  private final List<Registration> registrations = new ArrayList<>();
  private Scheduler.Cancellable tick = () -> {};
  private long ticks;
  private long overruns;

  /**
   * Creates a feed that sends nothing yet.
   *
   * @param outlet hands a parcel for a node to the bus; fails if it knows that it did not arrive
   */
  FeedSender(
      Cluster cluster,
      Clocks clocks,
      FeedHops hops,
      FeedFlow.Feed feed,
      BiFunction<String, FeedParcel, Future<Void>> outlet) {
    this.cluster = cluster;
    this.clocks = clocks;
    this.hops = hops;
    this.feed = feed;
    this.flow = new FeedFlow(feed, clocks.wall, clocks.nanos, hops, outlet);
  }

  /**
   * The times and timers it lives by.
   *
   * @param market market time
   * @param wall wall time
   * @param nanos elapsed wall time
   * @param scheduler runs tasks on the event loop
   */
  record Clocks(MarketClock market, InstantSource wall, LongSupplier nanos, Scheduler scheduler) {}

  /** Begins to follow the shards' owners and to tell hubs where the status stands. */
  void start() {
    registrations.add(cluster.leases().listen(flow::owner));
    registrations.add(cluster.listen(new ClusterListener() {
      @Override
      public void membersChanged(List<Member> members) {
        flow.members(members, board.nextSeq());
      }
    }));
    flow.members(cluster.members(), board.nextSeq());
    lookAtOwners();
    planTick();
  }

  /** Ends it; what the journals have is gone. */
  void stop() {
    tick.cancel();
    registrations.forEach(Registration::cancel);
    registrations.clear();
    hops.journal(0, 0);
    hops.silentNodes(0);
  }

  /**
   * Takes events of the provider. On a node that was cut off they are dropped: another node may already have received
   * them from the provider under a higher term.
   */
  @Override
  public void accept(List<FeedEvent> events) {
    if (cluster.isFenced()) {
      return;
    }
    long began = clocks.nanos.getAsLong();
    hops.received(events, clocks.market.millis());
    for (FeedEvent event : events) {
      if (StatusBoard.concerns(event)) {
        sorter.drain(flow::live);
        statuses.add(event);
      } else {
        drainStatuses();
        sorter.add(event);
      }
    }
    sorter.drain(flow::live);
    drainStatuses();
    flow.flush();
    hops.handedOver(clocks.nanos.getAsLong() - began);
  }

  private void drainStatuses() {
    if (!statuses.isEmpty()) {
      flow.status(board.put(statuses), statuses);
      statuses.clear();
    }
  }

  /** Takes what a hub node has. */
  void acknowledged(FeedAcks acks) {
    flow.acknowledged(acks);
  }

  /**
   * Answers what a hub missed.
   *
   * @throws io.candlehub.bus.FailureException if another provider's feed is asked for
   */
  FeedReplay.Answer replay(FeedReplay.Question question) {
    if (!question.provider().equals(feed.provider()) || question.shard() >= Shards.COUNT) {
      throw Failure.UNAVAILABLE.because("no such feed here");
    }
    if (question.shard() == FeedBatch.EVERY_SHARD) {
      FeedBatch present = FeedFlow.status(feed, board.nextSeq(), clocks.wall.millis(), board.all());
      return answer(board.nextSeq(), board.nextSeq(), false, List.of(present));
    }
    ShardJournal journal = feed.journal().shard(question.shard());
    boolean gone = isGone(question, journal);
    hops.replay(gone ? FeedHops.Replay.GONE : FeedHops.Replay.ANSWERED);
    long from = question.fromSeq().orElseGet(() -> journal.seqFrom(from(question)));
    List<FeedBatch> batches =
        gone ? List.of() : batches(question.shard(), journal.read(from, ANSWER_BYTES));
    return answer(journal.oldestSeq(), journal.nextSeq(), gone, batches);
  }

  private boolean isGone(FeedReplay.Question question, ShardJournal journal) {
    return question.ingestTerm().isPresent()
        ? question.ingestTerm().getAsLong() != feed.term()
            || question.fromSeq().getAsLong() < journal.oldestSeq()
        : !journal.covers(from(question));
  }

  private static long from(FeedReplay.Question question) {
    return question.fromMillis().orElseThrow();
  }

  private List<FeedBatch> batches(int shard, ShardJournal.Slice slice) {
    return slice.events().isEmpty()
        ? List.of()
        : List.of(new FeedBatch(
            feed.provider(),
            feed.term(),
            shard,
            slice.firstSeq(),
            slice.receivedMillis(),
            slice.events()));
  }

  private FeedReplay.Answer answer(
      long oldestSeq, long nextSeq, boolean gone, List<FeedBatch> batches) {
    return new FeedReplay.Answer(feed.term(), oldestSeq, nextSeq, gone, new FeedParcel(batches));
  }

  private void planTick() {
    tick = clocks.scheduler.after(TICK, () -> {
      if (++ticks % TICKS_A_SECOND == 0) {
        everySecond();
      }
      flow.tick();
      planTick();
    });
  }

  private void everySecond() {
    long now = clocks.wall.millis();
    feed.journal().expire(now);
    hops.journal(feed.journal().bytes(), feed.journal().ageMillis(now));
    hops.overrun(feed.journal().overruns() - overruns);
    overruns = feed.journal().overruns();
    lookAtOwners();
    flow.status(board.nextSeq(), List.of());
  }

  /** Listeners may be late; what is known is looked at too. */
  private void lookAtOwners() {
    List<String> members = cluster.members().stream().map(Member::nodeId).toList();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      cluster.owner(shard).filter(lease -> members.contains(lease.nodeId())).ifPresent(flow::owner);
    }
  }
}
