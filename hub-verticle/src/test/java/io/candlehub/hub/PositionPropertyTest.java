package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.demand.DemandReport;
import io.candlehub.demand.DemandTeller;
import io.candlehub.demand.TopicSet;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whichever updates, reports, answers and positions are lost or late, whatever gateways drop and want again and however
 * often the hub begins anew: a few renewals after the last update every gateway is where the hub is, and then is told
 * nothing more.
 */
class PositionPropertyTest {
  private static final int TOPICS = 12;
  private static final int SHARDS = 3;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(5);

  @Property(tries = 500)
  void shouldComeToWhereTheHubIs(@ForAll Random random) {
    Story story = new Story(random);
    for (int i = 0; i < 300; i++) {
      story.step();
    }
    story.lossy = false;
    for (int i = 0; i < 5; i++) {
      story.renew();
    }
    story.assertTruth();
    story.told = 0;
    story.renew();
    assertThat(story.told).isZero();
  }

  private static String topic(int number) {
    return "md.quote.S" + (char) ('A' + number);
  }

  private static final class Story {
    private final Random random;
    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
    private final Map<String, Long> published = new HashMap<>();
    private final List<Gateway> gateways = new ArrayList<>();
    private DemandLedger ledger;
    private boolean lossy = true;
    private int told;

    Story(Random random) {
      this.random = random;
      beginAnew();
      gateways.add(new Gateway(this, "one"));
      gateways.add(new Gateway(this, "two"));
    }

    private void beginAnew() {
      long first = random.nextLong(1, 1L << 52);
      ledger =
          new DemandLedger(scheduler, Duration.ZERO, instruments -> {}, new PublicationLog(first));
    }

    void step() {
      Gateway gateway = gateways.get(random.nextInt(gateways.size()));
      int topic = random.nextInt(TOPICS);
      switch (random.nextInt(12)) {
        case 0 -> gateway.want(topic);
        case 1 -> gateway.drop(topic);
        case 2 -> gateway.teller.renewForAllPositions();
        case 3, 4 -> gateways.forEach(each -> each.teller.renewForPositions());
        case 5, 6 -> scheduler.advance(Duration.ofMillis(random.nextInt(300)));
        case 7 -> misfortune();
        default -> publish(topic(topic));
      }
    }

    private void misfortune() {
      if (random.nextInt(20) == 0) {
        beginAnew();
      } else if (random.nextInt(20) == 0) {
        scheduler.advance(LEASE);
      }
    }

    private void publish(String topic) {
      long seq = published.merge(topic, 1L, Long::sum);
      ledger.published(topic);
      for (Gateway gateway : gateways) {
        if (random.nextInt(3) > 0) {
          gateway.heard(topic, seq);
        }
      }
    }

    long position(String topic) {
      return published.getOrDefault(topic, 0L);
    }

    Duration delay() {
      return Duration.ofMillis(1 + random.nextInt(lossy ? 400 : 20));
    }

    boolean isLost() {
      return lossy && random.nextInt(5) == 0;
    }

    void renew() {
      gateways.forEach(gateway -> gateway.teller.renewForPositions());
      scheduler.advance(RENEWAL);
    }

    void assertTruth() {
      for (Gateway gateway : gateways) {
        gateway.streams.forEach(
            (topic, position) -> assertThat(position).isEqualTo(position(topic)));
      }
    }
  }

  /** A gateway: where each of its streams is. */
  private static final class Gateway {
    private final Story story;
    private final String name;
    private final Map<String, TopicSet> sets = new HashMap<>();
    private final Map<String, Long> streams = new HashMap<>();
    private final DemandTeller teller;
    private long numbers;

    Gateway(Story story, String name) {
      this.story = story;
      this.name = name;
      for (int shard = 0; shard < SHARDS; shard++) {
        sets.put(Integer.toString(shard), new TopicSet());
      }
      teller = new DemandTeller(
          name, name, "hub", this::carry, story.scheduler, () -> ++numbers, () -> {});
      teller.sets(sets);
    }

    private TopicSet set(int topic) {
      return sets.get(Integer.toString(topic % SHARDS));
    }

    void want(int topic) {
      if (set(topic).add(topic(topic))) {
        streams.put(topic(topic), story.position(topic(topic)));
        teller.changed();
      }
    }

    void drop(int topic) {
      if (set(topic).remove(topic(topic))) {
        streams.remove(topic(topic));
        teller.changed();
      }
    }

    void heard(String topic, long seq) {
      streams.computeIfPresent(topic, (key, position) -> Math.max(position, seq));
    }

    private Future<JsonObject> carry(JsonObject json) {
      Promise<JsonObject> answer = Promise.promise();
      if (story.isLost()) {
        story.scheduler.after(story.delay(), () -> answer.fail("lost"));
        return answer.future();
      }
      story.scheduler.after(story.delay(), () -> {
        DemandReport report = DemandReport.from(json);
        boolean known = story.ledger.tell(name, report, LEASE);
        if (report.positions()) {
          story.ledger.due(name, report.since()).ifPresent(this::tell);
        }
        if (story.isLost()) {
          answer.fail("answer lost");
        } else {
          answer.complete(DemandReport.answer(known));
        }
      });
      return answer.future();
    }

    private void tell(PositionReader.Due due) {
      story.told += due.rested().size() + due.moving().size();
      tell(due.rested(), due.upTo());
      tell(due.moving(), PositionTeller.NOT_ALL);
    }

    private void tell(List<String> topics, long upTo) {
      Map<String, Long> positions = new HashMap<>();
      topics.forEach(topic -> positions.put(topic, story.position(topic)));
      if (!story.isLost()) {
        story.scheduler.after(story.delay(), () -> told(positions, upTo));
      }
    }

    /** Comes to where it should be when it is asked for and answered, which may fail. */
    private void told(Map<String, Long> positions, long upTo) {
      boolean allThere = true;
      for (Map.Entry<String, Long> told : positions.entrySet()) {
        long position = streams.getOrDefault(told.getKey(), Long.MAX_VALUE);
        allThere &= position >= told.getValue();
        if (position < told.getValue() && !story.isLost()) {
          streams.put(told.getKey(), story.position(told.getKey()));
        }
      }
      if (allThere && upTo != PositionTeller.NOT_ALL) {
        teller.positionsKnown(upTo);
      }
    }
  }
}
