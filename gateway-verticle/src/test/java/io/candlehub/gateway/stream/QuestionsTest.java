package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class QuestionsTest {
  private final Throwable nobody = new ReplyException(ReplyFailure.NO_HANDLERS, "no handlers");

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<Promise<Message<Object>>> asked = new ArrayList<>();
  private final List<Long> askedAt = new ArrayList<>();
  private final Questions questions = new Questions(
      (address, body, options) -> {
        Promise<Message<Object>> promise = Promise.promise();
        asked.add(promise);
        askedAt.add(clock.millis());
        return promise.future();
      },
      scheduler,
      () -> clock.millis() * 1_000_000);

  private Future<Message<Object>> ask(Duration patience) {
    return questions.ask("md.command.chart", "body", new DeliveryOptions(), patience);
  }

  private void pass(int millis) {
    scheduler.advance(Duration.ofMillis(millis));
  }

  private void failNext(Throwable cause) {
    asked.get(asked.size() - 1).tryFail(cause);
  }

  /** Lets everything that is asked within a while fail at once. */
  private void failFor(int millis, Throwable cause) {
    for (int passed = 0; passed < millis; passed += 10) {
      asked.forEach(question -> question.tryFail(cause));
      pass(10);
    }
  }

  @Test
  void shouldAskAgainSoonWhileNobodyAnswers() {
    Future<Message<Object>> answer = ask(Duration.ofSeconds(2));
    failFor(1_000, nobody);
    assertThat(askedAt).startsWith(0L, 100L, 300L, 550L);

    pass(250);
    asked.get(asked.size() - 1).tryComplete(null);
    pass(10_000);
    assertThat(answer.succeeded()).isTrue();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldNotAskBeforeItIsTold() {
    Future<Message<Object>> answer = ask(Duration.ofSeconds(2));
    failFor(3_000, Failure.UNAVAILABLE.because("too many requests", 900));

    assertThat(askedAt).containsExactly(0L, 900L, 1_800L);
    assertThat(FailureException.of(answer.cause()).retryAfterMillis()).isEqualTo(900);
  }

  @Test
  void shouldGiveUpWhenItsPatienceIsOver() {
    Future<Message<Object>> answer = ask(Duration.ofSeconds(1));
    failFor(2_000, nobody);

    assertThat(FailureException.of(answer.cause()).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(askedAt.get(askedAt.size() - 1)).isLessThanOrEqualTo(1_000);
  }

  @Test
  void shouldAcceptARefusal() {
    Future<Message<Object>> answer = ask(Duration.ofSeconds(1));
    failNext(Failure.UNKNOWN_INSTRUMENT.because("no"));

    assertThat(FailureException.of(answer.cause()).code()).isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldAskAgainWhatAHubThatIsGoneOwes() {
    Future<Message<Object>> answer = ask(Duration.ofSeconds(2));
    pass(3_000);
    questions.hubGone();
    assertThat(asked).hasSize(2);
    asked.get(0).tryFail(nobody);
    assertThat(answer.isComplete()).isFalse();
    // The bus may have brought it to the same hub, which it has not noticed to be gone.
    pass(300);
    assertThat(asked).hasSize(3);
    asked.get(2).tryComplete(null);

    assertThat(answer.succeeded()).isTrue();
    pass(5_000);
    assertThat(asked).hasSize(3);
  }

  @Test
  void shouldTellAnAskerWithoutPatienceThatTheHubIsGone() {
    Future<Message<Object>> answer = ask(Duration.ZERO);
    questions.hubGone();

    assertThat(answer.failed()).isTrue();
    asked.get(0).tryComplete(null);
    assertThat(asked).hasSize(1);
  }
}
