package io.candlehub.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is added, removed and put in another order, whichever messages or answers are lost or late and however often
 * the listener forgets: once a renewal gets through it knows the sets.
 */
class DemandPropertyTest {
  private static final List<String> NAMES = List.of("0", "1", "2");
  private static final int TOPICS = 30;

  @Property(tries = 500)
  void shouldAgreeOnceARenewalGotThrough(@ForAll Random random) {
    Story story = new Story(random);
    for (int i = 0; i < 200; i++) {
      story.step();
    }
    story.heal();
    story.assertTruth();
  }

  private static final class Story {
    private final Random random;
    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
    private final Map<String, TopicSet> sets = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private final List<JsonObject> late = new ArrayList<>();
    private ToldSets listener = new ToldSets();
    private boolean lossy = true;
    private long numbers;
    private final DemandTeller teller = new DemandTeller(
        "owner", "node", "listener", this::carry, scheduler, () -> ++numbers, () -> {});

    Story(Random random) {
      this.random = random;
      NAMES.forEach(name -> sets.put(name, new TopicSet()));
      teller.sets(sets);
    }

    private final ToldSets.Listener changes = new ToldSets.Listener() {
      @Override
      public void added(String set, String topic) {
        assertThat(heard.add(set + topic)).isTrue();
      }

      @Override
      public void removed(String set, String topic) {
        assertThat(heard.remove(set + topic)).isTrue();
      }
    };

    private Future<JsonObject> carry(JsonObject report) {
      Promise<JsonObject> answer = Promise.promise();
      int fate = lossy ? random.nextInt(6) : 5;
      scheduler.after(Duration.ofMillis(1 + random.nextInt(20)), () -> {
        if (fate == 0) {
          answer.fail("lost");
          return;
        }
        if (fate == 1) {
          late.add(report);
          answer.fail("late");
          return;
        }
        boolean known = listener.take(DemandReport.from(report.copy()), changes);
        if (fate == 2) {
          answer.fail("answer lost");
        } else {
          answer.complete(DemandReport.answer(known));
        }
      });
      return answer.future();
    }

    void step() {
      TopicSet set = sets.get(NAMES.get(random.nextInt(NAMES.size())));
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> set.add("t" + random.nextInt(TOPICS));
        case 3, 4 -> set.remove("t" + random.nextInt(TOPICS));
        case 5 -> reorder(set);
        case 6 -> scheduler.advance(Duration.ofMillis(random.nextInt(50)));
        case 7 -> teller.renew();
        default -> misfortune();
      }
      teller.changed();
    }

    private void reorder(TopicSet set) {
      List<String> topics = new ArrayList<>(set.topics());
      Collections.shuffle(topics, random);
      set.replace(topics.subList(0, random.nextInt(topics.size() + 1)));
    }

    private void misfortune() {
      if (random.nextInt(10) == 0) {
        listener = new ToldSets();
        heard.clear();
      } else if (!late.isEmpty()) {
        listener.take(DemandReport.from(late.remove(0)), changes);
      }
    }

    void heal() {
      lossy = false;
      scheduler.advance(Duration.ofSeconds(3));
      teller.renew();
      scheduler.advance(Duration.ofSeconds(3));
    }

    void assertTruth() {
      Set<String> truth = new HashSet<>();
      sets.forEach((name, set) -> {
        assertThat(listener.topics(name)).containsExactlyElementsOf(set.topics());
        set.topics().forEach(topic -> truth.add(name + topic));
      });
      assertThat(heard).isEqualTo(truth);
    }
  }
}
