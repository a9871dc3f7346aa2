package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.demand.DemandReport;
import io.candlehub.demand.DemandTeller;
import io.candlehub.demand.TopicSet;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Gateways want and drop topics, messages get lost, shards change their hubs, gateways die: once a renewal has got through
 * each hub knows exactly what is wanted of its shards, and what a dead gateway wanted is gone within its lease.
 */
class DemandLedgerPropertyTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final int HUBS = 3;
  private static final int SHARDS = 4;
  private static final int SYMBOLS = 12;

  @Property(tries = 300)
  void shouldKnowWhatIsWantedOnceARenewalGotThrough(@ForAll Random random) {
    Story story = new Story(random);
    for (int i = 0; i < 150; i++) {
      story.step();
    }
    story.lossy = false;
    story.pass(LEASE.plusSeconds(1));
    story.assertTruth();
    story.gateways.forEach(Gateway::die);
    story.pass(LEASE);
    story.gateways.clear();
    story.assertTruth();
  }

  private static final class Story {
    private final Random random;
    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
    private final List<DemandLedger> hubs = new ArrayList<>();
    private final List<Set<Instrument>> touched = new ArrayList<>();
    private final int[] owners = new int[SHARDS];
    private final List<Gateway> gateways = new ArrayList<>();
    private boolean lossy = true;
    private int born;

    Story(Random random) {
      this.random = random;
      for (int i = 0; i < HUBS; i++) {
        Set<Instrument> changed = new HashSet<>();
        touched.add(changed);
        hubs.add(
            new DemandLedger(scheduler, Duration.ZERO, changed::addAll, new PublicationLog(1)));
      }
      gateways.add(new Gateway(this));
      gateways.add(new Gateway(this));
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0 -> owners[random.nextInt(SHARDS)] = random.nextInt(HUBS);
        case 1 -> die();
        case 2 -> gateways.add(new Gateway(this));
        case 3, 4 -> pass(Duration.ofMillis(random.nextInt(2_000)));
        case 5 -> gateways.forEach(Gateway::renew);
        default -> {
          if (!gateways.isEmpty()) {
            gateways.get(random.nextInt(gateways.size())).change();
          }
        }
      }
    }

    private void die() {
      if (random.nextInt(3) == 0 && !gateways.isEmpty()) {
        gateways.remove(random.nextInt(gateways.size())).die();
      }
    }

    void pass(Duration time) {
      for (long millis = 0; millis <= time.toMillis(); millis += 500) {
        scheduler.advance(Duration.ofMillis(500));
        gateways.forEach(Gateway::tick);
      }
    }

    /** The hubs of a shard: its owner and the next. */
    Set<Integer> hubsOf(int shard) {
      return Set.of(owners[shard], (owners[shard] + 1) % HUBS);
    }

    void assertTruth() {
      for (int hub = 0; hub < HUBS; hub++) {
        Set<String> truth = new HashSet<>();
        for (Gateway gateway : gateways) {
          for (int shard = 0; shard < SHARDS; shard++) {
            if (hubsOf(shard).contains(hub)) {
              truth.addAll(gateway.sets.get(shard).topics());
            }
          }
        }
        Set<String> known = new HashSet<>();
        DemandLedger ledger = hubs.get(hub);
        for (Instrument instrument : ledger.instruments()) {
          assertThat(touched.get(hub)).contains(instrument);
          known.add("md.quote." + instrument.symbol());
        }
        assertThat(known).isEqualTo(truth);
        assertThat(ledger.topics()).isEqualTo(truth.size());
      }
    }
  }

  /** A gateway that renews every five seconds as long as it lives. */
  private static final class Gateway {
    private final Story story;
    private final List<TopicSet> sets = new ArrayList<>();
    private final List<DemandTeller> tellers = new ArrayList<>();
    private final String name;
    private long numbers;
    private int ticks;
    private boolean dead;

    Gateway(Story story) {
      this.story = story;
      name = "gateway-" + story.born++;
      for (int shard = 0; shard < SHARDS; shard++) {
        sets.add(new TopicSet());
      }
      for (int hub = 0; hub < HUBS; hub++) {
        DemandLedger ledger = story.hubs.get(hub);
        tellers.add(new DemandTeller(
            name,
            name,
            "hub",
            report -> carry(ledger, report),
            story.scheduler,
            () -> ++numbers,
            () -> {}));
      }
      renew();
    }

    private Future<JsonObject> carry(DemandLedger ledger, JsonObject report) {
      int fate = story.lossy ? story.random.nextInt(6) : 5;
      if (dead || fate == 0) {
        return Future.failedFuture("lost");
      }
      JsonObject answer = DemandReport.answer(ledger.tell(name, DemandReport.from(report), LEASE));
      return fate == 1 ? Future.failedFuture("answer lost") : Future.succeededFuture(answer);
    }

    void change() {
      int symbol = story.random.nextInt(SYMBOLS);
      String topic = "md.quote.S" + (char) ('A' + symbol);
      TopicSet set = sets.get(symbol % SHARDS);
      if (story.random.nextBoolean()) {
        set.add(topic);
      } else {
        set.remove(topic);
      }
      tellers.forEach(DemandTeller::changed);
    }

    void renew() {
      for (int hub = 0; hub < HUBS; hub++) {
        Map<String, TopicSet> told = new HashMap<>();
        for (int shard = 0; shard < SHARDS; shard++) {
          if (story.hubsOf(shard).contains(hub)) {
            told.put(Integer.toString(shard), sets.get(shard));
          }
        }
        tellers.get(hub).sets(told);
        tellers.get(hub).renew();
      }
    }

    void tick() {
      if (++ticks % 10 == 0) {
        renew();
      }
    }

    void die() {
      dead = true;
      tellers.forEach(DemandTeller::stop);
    }
  }
}
