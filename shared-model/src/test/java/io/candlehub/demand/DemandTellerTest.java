package io.candlehub.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandTellerTest {
  private static final String A = "a";
  private static final String B = "b";

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<DemandReport> told = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final Deque<Promise<JsonObject>> answers = new ArrayDeque<>();
  private final TopicSet a = new TopicSet();
  private final TopicSet b = new TopicSet();
  private long numbers;
  private int failures;
  private final DemandTeller teller = new DemandTeller(
      "owner",
      "node",
      "hub",
      report -> {
        told.add(DemandReport.from(report));
        times.add(clock.millis());
        Promise<JsonObject> answer = Promise.promise();
        answers.add(answer);
        return answer.future();
      },
      scheduler,
      () -> ++numbers,
      () -> failures++);

  @BeforeEach
  void begin() {
    teller.sets(Map.of(A, a, B, b));
  }

  private DemandReport last() {
    return told.get(told.size() - 1);
  }

  private void answer(boolean known) {
    answers.remove().complete(DemandReport.answer(known));
  }

  private void fail() {
    answers.remove().fail("no handlers");
  }

  private void add(TopicSet set, String topic) {
    set.add(topic);
    teller.changed();
  }

  @Test
  void shouldTellOnlyWhatChangedOnceItIsKnown() {
    add(a, "x");
    answer(true);
    add(b, "y");
    answer(true);
    add(b, "z");

    assertThat(told.get(0).complete()).isTrue();
    assertThat(told.get(0).sets())
        .isEqualTo(Map.of(A, new TopicChange(0, 1, List.of("x"), List.of())));
    assertThat(told.get(2).complete()).isFalse();
    assertThat(last().sets()).isEqualTo(Map.of(B, new TopicChange(1, 2, List.of("z"), List.of())));
    assertThat(told).extracting(DemandReport::number).containsExactly(1L, 2L, 3L);
  }

  @Test
  void shouldTellChangesOfAMomentTogether() {
    add(a, "x");
    add(a, "y");
    a.remove("x");
    add(b, "z");
    assertThat(told).hasSize(1);
    answer(true);

    assertThat(told).hasSize(2);
    assertThat(last().sets().get(A).version()).isEqualTo(3);
    assertThat(last().sets().get(B).added()).containsExactly("z");
  }

  @Test
  void shouldRenewByVersionsAlone() {
    add(a, "x");
    answer(true);
    teller.renewForPositions();

    assertThat(last().complete()).isTrue();
    assertThat(last().positions()).isTrue();
    assertThat(last().sets()).isEqualTo(Map.of(A, TopicChange.none(1)));
  }

  @Test
  void shouldTellEverythingToWhoMissedSomething() {
    add(a, "x");
    add(b, "y");
    answer(true);
    answer(true);
    teller.renewForPositions();
    answer(false);

    assertThat(last().complete()).isTrue();
    assertThat(last().positions()).isTrue();
    assertThat(last().sets().get(A).added()).containsExactly("x");
    assertThat(last().sets().get(B).added()).containsExactly("y");
  }

  @Test
  void shouldTellSoonAgainWhatWasNotTaken() {
    add(a, "x");
    for (int i = 0; i < 100 && clock.millis() < 5_000; i++) {
      if (!answers.isEmpty()) {
        fail();
      }
      scheduler.advance(Duration.ofMillis(100));
    }
    assertThat(times).startsWith(0L, 100L, 300L, 700L, 1_500L, 2_500L);
    assertThat(failures).isEqualTo(told.size());

    scheduler.advance(Duration.ofSeconds(1));
    answer(true);
    int before = told.size();
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(told).hasSize(before);
  }

  @Test
  void shouldNotAskForeverWhoMakesNoSense() {
    add(a, "x");
    answers.remove().complete(new JsonObject());

    assertThat(told).hasSize(1);
    assertThat(failures).isEqualTo(1);
    scheduler.advance(Duration.ofMillis(100));
    assertThat(told).hasSize(2);
  }

  @Test
  void shouldAskForPositionsAgainIfNobodyHeard() {
    add(a, "x");
    answer(true);
    teller.renewForPositions();
    fail();
    scheduler.advance(Duration.ofMillis(100));

    assertThat(last().positions()).isTrue();
    assertThat(last().complete()).isTrue();
  }

  @Test
  void shouldAskForPositionsSinceThoseItKnowsAndForAllWhenToldTo() {
    add(a, "x");
    answer(true);
    teller.renewForPositions();
    answer(true);
    assertThat(last().since()).isZero();

    teller.positionsKnown(7);
    teller.renewForPositions();
    assertThat(last().since()).isEqualTo(7);
    teller.renewForAllPositions();
    teller.positionsKnown(8);
    answer(true);
    assertThat(last().positions()).isTrue();
    assertThat(last().since()).isZero();
    fail();
    scheduler.advance(Duration.ofMillis(100));
    assertThat(last().since()).isZero();
    answer(true);
    teller.renewForPositions();
    assertThat(last().since()).isEqualTo(8);
    assertThat(told.get(0).positions()).isFalse();
  }

  @Test
  void shouldBeginAnewAfterNothingWasWanted() {
    add(a, "x");
    answer(true);
    a.remove("x");
    teller.changed();
    assertThat(last().sets().get(A).added()).isEmpty();
    answer(true);
    add(a, "y");

    assertThat(last().complete()).isTrue();
    assertThat(last().sets().get(A).from()).isZero();
  }

  @Test
  void shouldLetALeaseLapseThatNobodyTakesBack() {
    add(a, "x");
    answer(true);
    a.remove("x");
    teller.changed();
    fail();
    scheduler.advance(Duration.ofMinutes(1));

    assertThat(told).hasSize(2);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldStayStillOnceGivenUp() {
    add(a, "x");
    answer(true);
    assertThat(teller.release().succeeded()).isFalse();
    assertThat(last().complete()).isTrue();
    assertThat(last().sets()).isEmpty();
    add(a, "y");
    fail();
    scheduler.advance(Duration.ofMinutes(1));

    assertThat(told).hasSize(2);
    assertThat(scheduler.pending()).isZero();
  }
}
