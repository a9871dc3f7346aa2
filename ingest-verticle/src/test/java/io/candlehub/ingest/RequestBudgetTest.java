package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class RequestBudgetTest {
  private final ManualClock clock = new ManualClock(1_000_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<String> started = new ArrayList<>();
  private final List<Promise<String>> running = new ArrayList<>();

  @Test
  void shouldRunSoManyAtATimeTheImportantFirst() {
    RequestBudget budget = budget(0, 1, 10);
    ask(budget, Priority.READER, "running");
    ask(budget, Priority.READER, "reader");
    ask(budget, Priority.GAP, "gap 1");
    ask(budget, Priority.CHART, "chart");
    ask(budget, Priority.GAP, "gap 2");

    while (started.size() < 5) {
      running.get(running.size() - 1).complete("done");
    }

    assertThat(started).containsExactly("running", "chart", "gap 1", "gap 2", "reader");
  }

  @Test
  void shouldSpreadStartsOverTheMinute() {
    RequestBudget budget = budget(2, 8, 10);
    ask(budget, Priority.CHART, "1");
    scheduler.advance(Duration.ofSeconds(55));
    ask(budget, Priority.CHART, "2");
    ask(budget, Priority.CHART, "3");
    ask(budget, Priority.CHART, "4");

    assertThat(started).containsExactly("1", "2");
    scheduler.advance(Duration.ofSeconds(6));
    assertThat(started).containsExactly("1", "2", "3");
  }

  @Test
  void shouldFailWhatWaitsTooLong() {
    RequestBudget budget = budget(0, 1, 10);
    ask(budget, Priority.CHART, "running");
    Future<String> waiting = ask(budget, Priority.CHART, "waiting");

    scheduler.advance(Duration.ofSeconds(10));

    assertThat(failure(waiting).code()).isEqualTo(Failure.UNAVAILABLE);
    running.get(0).complete("done");
    assertThat(started).containsExactly("running");
  }

  @Test
  void shouldFailAtOnceWhileCoolingDown() {
    RequestBudget budget = budget(0, 1, 10);
    ask(budget, Priority.CHART, "running");
    Future<String> waiting = ask(budget, Priority.CHART, "waiting");
    budget.coolDown(Duration.ofSeconds(5));
    budget.coolDown(Duration.ofSeconds(1));
    scheduler.advance(Duration.ofSeconds(2));
    Future<String> refused = ask(budget, Priority.CHART, "refused");

    assertThat(failure(waiting).retryAfterMillis()).isEqualTo(5_000);
    assertThat(failure(refused).retryAfterMillis()).isEqualTo(3_000);
    scheduler.advance(Duration.ofSeconds(3));
    running.get(0).complete("done");
    ask(budget, Priority.CHART, "later");
    assertThat(started).containsExactly("running", "later");
  }

  @Test
  void shouldGiveThePlaceOfTheLeastImportantToABetterOne() {
    RequestBudget budget = budget(0, 1, 2);
    ask(budget, Priority.CHART, "running");
    Future<String> gap = ask(budget, Priority.GAP, "gap");
    Future<String> reader = ask(budget, Priority.READER, "reader");
    Future<String> chart = ask(budget, Priority.CHART, "chart");
    Future<String> crowded = ask(budget, Priority.READER, "crowded");

    assertThat(failure(reader).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(failure(crowded).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(gap.isComplete()).isFalse();
    assertThat(chart.isComplete()).isFalse();
  }

  @Test
  void shouldFreeThePlaceOfARequestThatCannotBeSent() {
    RequestBudget budget = budget(0, 1, 2);
    Future<String> broken = budget.run(new Errand(Priority.CHART), () -> {
      throw new IllegalStateException("no");
    });
    ask(budget, Priority.CHART, "next");

    assertThat(broken.failed()).isTrue();
    assertThat(started).containsExactly("next");
  }

  @Test
  void shouldNeverStartMoreThanAllowedInAnyMinute() {
    RequestBudget budget = budget(5, 8, 100);
    List<Long> starts = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      budget.run(new Errand(Priority.CHART), () -> {
        starts.add(clock.millis());
        return Future.succeededFuture();
      });
      scheduler.advance(Duration.ofMillis(random.nextInt(4_000)));
    }

    assertThat(starts).hasSizeGreaterThan(60);
    for (int i = 5; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 5)).isGreaterThan(60_000);
    }
  }

  @Test
  void shouldKeepPlacesOfTheMinuteForTheFocusedChart() {
    RequestBudget budget = budget(5, 8, 10);
    for (int i = 0; i < 5; i++) {
      ask(budget, Priority.WARM, "warm " + i);
    }
    assertThat(started).containsExactly("warm 0", "warm 1");

    ask(budget, Priority.CHART, "chart 1");
    ask(budget, Priority.CHART, "chart 2");
    ask(budget, Priority.CHART, "chart 3");
    ask(budget, Priority.CHART, "chart 4");

    assertThat(started).containsExactly("warm 0", "warm 1", "chart 1", "chart 2", "chart 3");
  }

  @Test
  void shouldKeepSlotsForTheFocusedChart() {
    RequestBudget budget = budget(0, 4, 10);
    for (int i = 0; i < 4; i++) {
      ask(budget, Priority.WARM, "warm " + i);
    }
    ask(budget, Priority.CHART, "chart");

    assertThat(started).containsExactly("warm 0", "warm 1", "chart");
  }

  @Test
  void shouldStretchAStampedeOverSeconds() {
    RequestBudget budget = new RequestBudget(
        new RequestBudget.Limits(0, 2, 100, 100, Duration.ofSeconds(10)),
        scheduler,
        () -> clock.millis() * 1_000_000);
    for (int i = 0; i < 6; i++) {
      ask(budget, Priority.CHART, "chart " + i);
    }

    assertThat(started).hasSize(2);
    scheduler.advance(Duration.ofMillis(1_010));
    assertThat(started).hasSize(4);
    scheduler.advance(Duration.ofMillis(1_010));
    assertThat(started).hasSize(6);
  }

  @Test
  void shouldMoveAWaitingRequestWithItsPriority() {
    RequestBudget budget = budget(0, 1, 10);
    ask(budget, Priority.CHART, "running");
    Errand raised = new Errand(Priority.WARM);
    ask(budget, raised, "raised");
    ask(budget, Priority.GAP, "gap");
    raised.priority(Priority.CHART);
    running.get(0).complete("done");

    assertThat(started).containsExactly("running", "raised");
  }

  @Test
  void shouldNeverStartWhatWasDroppedWhileWaiting() {
    RequestBudget budget = budget(0, 1, 10);
    ask(budget, Priority.CHART, "running");
    Errand errand = new Errand(Priority.CHART);
    Future<String> dropped = ask(budget, errand, "dropped");
    errand.drop();
    running.get(0).complete("done");

    assertThat(failure(dropped).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(failure(ask(budget, errand, "again")).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(started).containsExactly("running");
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldLetOneProbeThroughAfterACoolDownUntilItIsAnswered() {
    RequestBudget budget = budget(0, 8, 10);
    budget.coolDown(Duration.ofSeconds(5));
    scheduler.advance(Duration.ofSeconds(5));
    ask(budget, Priority.CHART, "probe 1");
    ask(budget, Priority.CHART, "probe 2");
    ask(budget, Priority.CHART, "other 1");
    ask(budget, Priority.CHART, "other 2");
    assertThat(started).containsExactly("probe 1");

    running.get(0).fail("connection lost");
    assertThat(started).containsExactly("probe 1", "probe 2");
    budget.answered(clock.millis() * 1_000_000 - 6_000_000_000L);
    assertThat(started).containsExactly("probe 1", "probe 2");
    budget.answered(clock.millis() * 1_000_000);

    assertThat(started).containsExactly("probe 1", "probe 2", "other 1", "other 2");
  }

  @Test
  void shouldFailWhatWaitsBehindAProbeThatIsThrottledAgain() {
    RequestBudget budget = budget(0, 8, 10);
    budget.coolDown(Duration.ofSeconds(5));
    scheduler.advance(Duration.ofSeconds(5));
    ask(budget, Priority.CHART, "probe");
    Future<String> behind = ask(budget, Priority.CHART, "behind");
    budget.coolDown(Duration.ofSeconds(9));
    running.get(0).fail("429");

    assertThat(failure(behind).retryAfterMillis()).isEqualTo(9_000);
    assertThat(started).containsExactly("probe");
  }

  @Test
  void shouldLeaveNoTimerBehind() {
    RequestBudget budget = budget(0, 1, 2);
    ask(budget, Priority.CHART, "1");
    ask(budget, Priority.CHART, "2");
    running.get(0).complete("done");
    running.get(1).complete("done");

    assertThat(scheduler.pending()).isZero();
  }

  private RequestBudget budget(int perMinute, int concurrent, int queued) {
    return new RequestBudget(
        new RequestBudget.Limits(perMinute, 0, concurrent, queued, Duration.ofSeconds(10)),
        scheduler,
        () -> clock.millis() * 1_000_000);
  }

  private Future<String> ask(RequestBudget budget, Priority priority, String name) {
    return ask(budget, new Errand(priority), name);
  }

  private Future<String> ask(RequestBudget budget, Errand errand, String name) {
    return budget.run(errand, () -> {
      started.add(name);
      Promise<String> promise = Promise.promise();
      running.add(promise);
      return promise.future();
    });
  }

  private static FailureException failure(Future<?> future) {
    assertThat(future.failed()).isTrue();
    return (FailureException) future.cause();
  }
}
