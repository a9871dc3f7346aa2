package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Role;
import io.candlehub.ingest.FeedRig.RigHub;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is lost, whoever dies: every owner gets what follows its predecessor's last safe event, and all of it. */
class FeedFlowPropertyTest {
  private static final int INSTRUMENTS = 4;
  private static final List<String> NODES = List.of("a", "b", "c");

  private enum Step {
    FEED,
    FEED_MUCH,
    LOSE,
    DELIVER,
    ACK,
    APPLIED_ONLY,
    MOVE,
    RENEW,
    CLOSE,
    FREEZE,
    VANISH,
    WAIT,
    WAIT_LONG
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Step.FEED)),
            Tuple.of(2, Arbitraries.just(Step.ACK)),
            Tuple.of(1, Arbitraries.of(Step.class)))
        .list()
        .ofMinSize(10)
        .ofMaxSize(120);
  }

  @Property(tries = 300)
  void shouldBringEverythingToEveryOwner(@ForAll("steps") List<Step> steps, @ForAll Random random) {
    FeedRig rig = new FeedRig("a", "b", "c");
    rig.sender.start();
    long[] terms = new long[INSTRUMENTS];
    String[] owners = new String[INSTRUMENTS];
    for (int i = 0; i < INSTRUMENTS; i++) {
      move(rig, i, NODES.get(i % NODES.size()), terms, owners);
    }
    for (Step step : steps) {
      RigHub hub = rig.hubs.get(NODES.get(random.nextInt(NODES.size())));
      int instrument = random.nextInt(INSTRUMENTS);
      switch (step) {
        case FEED -> rig.feed(instrument, 1 + random.nextInt(3));
        case FEED_MUCH -> rig.feed(instrument, 3_000);
        case LOSE -> rig.lost = parcel -> random.nextBoolean();
        case DELIVER -> rig.lost = parcel -> false;
        case ACK -> hub.ack();
        case APPLIED_ONLY -> {
          int shard = rig.shard(instrument);
          RigHub owner = rig.hubs.get(owners[instrument]);
          long safe = rig.journal.shard(shard).safeSeq();
          owner.ack(shard, terms[instrument], owner.applied.get(shard), safe);
        }
        case MOVE -> move(rig, instrument, hub.node, terms, owners);
        case RENEW -> move(rig, instrument, owners[instrument], terms, owners);
        case CLOSE -> hub.closed = !hub.closed;
        case FREEZE -> hub.frozen = !hub.frozen;
        case VANISH -> {
          rig.script.vanish(hub.node);
          rig.script.join(hub.node, Role.HUB);
        }
        case WAIT -> rig.advance(100);
        case WAIT_LONG -> rig.advance(2_500);
      }
    }
    settle(rig, owners);
  }

  private static void move(
      FeedRig rig, int instrument, String node, long[] terms, String[] owners) {
    int shard = rig.shard(instrument);
    terms[instrument] += 10;
    owners[instrument] = node;
    rig.hubs.get(node).own(terms[instrument], rig.journal.shard(shard).safeSeq(), shard);
  }

  private static void settle(FeedRig rig, String[] owners) {
    rig.lost = parcel -> false;
    rig.hubs.values().forEach(hub -> {
      hub.closed = false;
      hub.frozen = false;
    });
    for (int round = 0; round < 150; round++) {
      rig.advance(100);
      rig.hubs.values().forEach(RigHub::ack);
    }
    for (int i = 0; i < INSTRUMENTS; i++) {
      RigHub owner = rig.hubs.get(owners[i]);
      assertThat(owner.applied.get(rig.shard(i))).isEqualTo(rig.fed(i));
      assertThat(rig.journal.shard(rig.shard(i)).safeSeq()).isEqualTo(rig.fed(i));
    }
    assertThat(rig.journal.overruns()).isZero();
    long frames = (long) rig.count("feed.frames");
    rig.advance(10_000);
    assertThat((long) rig.count("feed.frames")).as("frames once all is safe").isEqualTo(frames);
  }
}
