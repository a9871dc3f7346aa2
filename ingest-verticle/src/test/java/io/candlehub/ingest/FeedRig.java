package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.FeedAcks;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A sender in a scripted cluster, and hubs that apply what reaches them, all by hand. */
final class FeedRig {
  static final long TERM = 7_000;
  static final int MEGABYTES = 8;

  final ManualClock clock = new ManualClock(1_000_000);
  final ManualScheduler scheduler = new ManualScheduler(clock);
  final ScriptedCluster script = new ScriptedCluster();
  final Cluster cluster = script.join("ingest", Role.INGEST);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Map<String, RigHub> hubs = new HashMap<>();
  final List<Instrument> instruments = new ArrayList<>();
  final FeedJournal journal = new FeedJournal(
      new JournalLimits(Duration.ofSeconds(90), (long) MEGABYTES << 20), clock.millis());
  final FeedSender sender = new FeedSender(
      cluster,
      new FeedSender.Clocks(clock, clock, () -> clock.millis() * 1_000_000 + 17, scheduler),
      new FeedHops(registry, "test"),
      new FeedFlow.Feed("test", TERM, journal),
      this::deliver);
  private final Map<Integer, Long> fed = new HashMap<>();
  Predicate<FeedParcel> lost = parcel -> false;

  FeedRig(String... hubNodes) {
    for (String node : hubNodes) {
      join(node);
    }
    for (int i = 0; instruments.size() < 4; i++) {
      Instrument instrument = Instrument.of("SYM" + i);
      if (instruments.stream().allMatch(known -> Shards.of(known) != Shards.of(instrument))) {
        instruments.add(instrument);
      }
    }
  }

  RigHub join(String node) {
    RigHub hub = new RigHub(node);
    hubs.put(node, hub);
    script.join(node, Role.HUB);
    return hub;
  }

  int shard(int instrument) {
    return Shards.of(instruments.get(instrument));
  }

  /** Feeds events of an instrument; each has its number as its start in seconds. */
  void feed(int instrument, int count) {
    List<FeedEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long seq = fed.merge(instrument, 1L, Long::sum) - 1;
      events.add(ShardJournalTest.bar(instruments.get(instrument), seq));
    }
    sender.accept(events);
  }

  long fed(int instrument) {
    return fed.getOrDefault(instrument, 0L);
  }

  void advance(long millis) {
    scheduler.advance(Duration.ofMillis(millis));
  }

  double count(String name) {
    return registry.find("candlehub.ingest." + name).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  double silentNodes() {
    return registry.get("candlehub.ingest.silent.nodes").gauge().value();
  }

  private Future<Void> deliver(String node, FeedParcel parcel) {
    RigHub hub = hubs.get(node);
    if (hub == null || hub.closed) {
      return Future.failedFuture("NO_HANDLERS");
    }
    if (!lost.test(parcel)) {
      hub.receive(parcel);
    }
    return Future.succeededFuture();
  }

  /** A hub node: applies what follows its position, ignores what does not. */
  final class RigHub {
    final String node;
    final Map<Integer, Long> applied = new HashMap<>();
    final Map<Integer, Long> terms = new HashMap<>();
    final List<FeedBatch> received = new ArrayList<>();
    final List<FeedEvent> statuses = new ArrayList<>();
    final List<FeedEvent> inOrder = new ArrayList<>();
    private final Set<Integer> touched = new HashSet<>();
    long statusSeq;
    long bytesTaken;
    boolean closed;
    boolean frozen;

    RigHub(String node) {
      this.node = node;
    }

    void own(long term, long from, int shard) {
      terms.put(shard, term);
      applied.put(shard, from);
      script.own(node, term, shard);
    }

    private void receive(FeedParcel parcel) {
      received.addAll(parcel.batches());
      bytesTaken += parcel.batches().stream().mapToInt(b -> b.events().size()).sum();
      if (!frozen) {
        parcel.batches().forEach(this::apply);
      }
    }

    private void apply(FeedBatch batch) {
      if (batch.shard() == FeedBatch.EVERY_SHARD) {
        if (batch.firstSeq() == statusSeq) {
          statuses.addAll(batch.events());
          inOrder.addAll(batch.events());
          statusSeq = batch.endSeq();
        }
        return;
      }
      touched.add(batch.shard());
      if (!applied.containsKey(batch.shard())) {
        return;
      }
      long at = applied.get(batch.shard());
      for (int i = 0; i < batch.events().size(); i++) {
        AggregateEvent bar = (AggregateEvent) batch.events().get(i);
        long seq = batch.firstSeq() + i;
        assertThat(bar.startMillis()).isEqualTo(seq * 1_000);
        if (seq == at) {
          inOrder.add(bar);
          at++;
        }
      }
      applied.put(batch.shard(), at);
    }

    /** Acknowledges every shard of which a frame came. */
    void ack() {
      List<FeedAcks.ShardAck> acks = touched.stream()
          .filter(applied::containsKey)
          .map(shard -> new FeedAcks.ShardAck(
              shard, terms.get(shard), applied.get(shard), applied.get(shard)))
          .toList();
      touched.clear();
      if (!acks.isEmpty()) {
        sender.acknowledged(new FeedAcks(node, "test", TERM, acks));
      }
    }

    void ack(int shard, long term, long appliedSeq, long safeSeq) {
      sender.acknowledged(new FeedAcks(
          node, "test", TERM, List.of(new FeedAcks.ShardAck(shard, term, appliedSeq, safeSeq))));
    }
  }
}
