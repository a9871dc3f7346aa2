package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandLeaseTest {
  private record Told(Set<String> topics, boolean positions, long atMillis) {}

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<Told> told = new ArrayList<>();
  private final Deque<Promise<Void>> answers = new ArrayDeque<>();
  private int doubts;
  private final DemandLease lease = new DemandLease(
      (owner, topics, duration, positions) -> {
        assertThat(duration).isEqualTo(Duration.ofSeconds(10));
        told.add(new Told(Set.copyOf(topics), positions, clock.millis()));
        Promise<Void> answer = Promise.promise();
        answers.add(answer);
        return answer.future();
      },
      "gateway-1",
      scheduler,
      () -> doubts++);

  private Told last() {
    return told.get(told.size() - 1);
  }

  private void answer() {
    answers.remove().complete();
  }

  private void fail() {
    answers.remove().fail("no handlers");
  }

  private void pass(int millis) {
    scheduler.advance(Duration.ofMillis(millis));
  }

  @Test
  void shouldTellChangesAtOnceAndThoseOfAMomentTogether() {
    lease.add("a");
    lease.add("b");
    lease.add("c");
    assertThat(told).hasSize(1);
    answer();

    assertThat(told).hasSize(2);
    assertThat(last().topics).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(last().positions).isFalse();
  }

  @Test
  void shouldRenewEveryFiveSecondsHoweverOftenItChanges() {
    lease.add("a");
    answer();
    for (int i = 0; i < 4; i++) {
      pass(1_000);
      lease.add("b" + i);
      answer();
    }
    pass(1_000);

    assertThat(last().atMillis).isEqualTo(5_000);
    assertThat(last().positions).isTrue();
    answer();
    pass(5_000);
    assertThat(last().atMillis).isEqualTo(10_000);
    assertThat(last().positions).isTrue();
  }

  @Test
  void shouldTellSoonAgainWhatNobodyTook() {
    lease.add("a");
    for (int i = 0; i < 100 && clock.millis() < 5_000; i++) {
      if (!answers.isEmpty()) {
        fail();
      }
      pass(100);
    }
    assertThat(told.stream().map(Told::atMillis)).startsWith(0L, 100L, 300L, 700L, 1_500L, 2_500L);
    assertThat(doubts).isEqualTo(told.size());

    pass(1_000);
    answer();
    int before = told.size();
    pass(4_900);
    assertThat(told).hasSize(before);
  }

  @Test
  void shouldAskForPositionsAgainIfNobodyHeard() {
    lease.add("a");
    answer();
    lease.renew();
    fail();
    pass(100);

    assertThat(last().positions).isTrue();
  }

  @Test
  void shouldTellAtOnceWhenAnotherOwnerMayNotKnowIt() {
    lease.add("a");
    answer();
    pass(1_000);
    lease.renew();

    assertThat(last().atMillis).isEqualTo(1_000);
    assertThat(last().positions).isTrue();
  }

  @Test
  void shouldTellNothingWithoutTopics() {
    lease.renew();
    assertThat(told).isEmpty();

    lease.add("a");
    answer();
    lease.remove("a");
    assertThat(last().topics).isEmpty();
    fail();
    pass(60_000);
    assertThat(told).hasSize(2);
  }

  @Test
  void shouldStayStillOnceGivenUp() {
    lease.add("a");
    answer();
    Future<Void> released = lease.release();
    assertThat(last().topics).isEmpty();
    fail();

    assertThat(released.succeeded()).isTrue();
    lease.add("b");
    pass(60_000);
    assertThat(told).hasSize(2);
    assertThat(scheduler.pending()).isZero();
  }
}
