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

    assertThat(failure(waiting).code()).isEqualTo(Failure.RATE_LIMITED);
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

    assertThat(failure(reader).code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(failure(crowded).code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(gap.isComplete()).isFalse();
    assertThat(chart.isComplete()).isFalse();
  }

  @Test
  void shouldFreeThePlaceOfARequestThatCannotBeSent() {
    RequestBudget budget = budget(0, 1, 2);
    Future<String> broken = budget.run(Priority.CHART, () -> {
      throw new IllegalStateException("no");
    });
    ask(budget, Priority.CHART, "next");

    assertThat(broken.failed()).isTrue();
    assertThat(started).containsExactly("next");
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
        new RequestBudget.Limits(perMinute, concurrent, queued, Duration.ofSeconds(10)),
        scheduler,
        () -> clock.millis() * 1_000_000);
  }

  private Future<String> ask(RequestBudget budget, Priority priority, String name) {
    return budget.run(priority, () -> {
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
