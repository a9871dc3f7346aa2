package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class SingleFlightTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SingleFlight<String, Integer> flights =
      new SingleFlight<>(FeedMeters.Question.SPLITS, new FeedMeters(registry, "test"));
  private final List<Promise<Integer>> calls = new ArrayList<>();
  private final List<String> served = new ArrayList<>();

  @Test
  void shouldShareOneCallAndServeWaitersInOrder() {
    ask("a", "first");
    ask("a", "second");
    ask("b", "other");
    calls.get(0).complete(7);

    assertThat(calls).hasSize(2);
    assertThat(served).containsExactly("first 7", "second 7");
    assertThat(counted("true")).isEqualTo(1);
    assertThat(counted("false")).isEqualTo(2);
  }

  @Test
  void shouldRememberNeitherSuccessNorFailure() {
    ask("a", "first");
    calls.get(0).fail("no");
    ask("a", "second");
    calls.get(1).complete(1);
    ask("a", "third");

    assertThat(calls).hasSize(3);
    assertThat(served).containsExactly("first failed", "second 1");
  }

  @Test
  void shouldLetAWaiterAskAnewFromItsAnswer() {
    ask("a", "first").onComplete(outcome -> ask("a", "again"));
    calls.get(0).complete(1);

    assertThat(calls).hasSize(2);
  }

  @Test
  void shouldTakeCallThatIsCompleteAtOnce() {
    assertThat(flights.run("a", () -> Future.succeededFuture(3)).result()).isEqualTo(3);
    ask("a", "later");

    assertThat(calls).hasSize(1);
  }

  private double counted(String shared) {
    return registry
        .get("candlehub.ingest.questions")
        .tags("kind", "splits", "shared", shared)
        .counter()
        .count();
  }

  private Future<Integer> ask(String key, String who) {
    return flights
        .run(key, () -> {
          Promise<Integer> call = Promise.promise();
          calls.add(call);
          return call.future();
        })
        .onComplete(
            outcome -> served.add(who + " " + (outcome.succeeded() ? outcome.result() : "failed")));
  }
}
