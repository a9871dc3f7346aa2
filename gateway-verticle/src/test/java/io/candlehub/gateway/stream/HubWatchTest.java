package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class HubWatchTest {
  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
  private final Deque<Promise<JsonObject>> questions = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private long messages;
  private final HubWatch watch = new HubWatch(new Asked(), scheduler, new Told());

  private final class Asked implements HubWatch.Hub {
    @Override
    public Future<JsonObject> probe() {
      Promise<JsonObject> question = Promise.promise();
      questions.add(question);
      return question.future();
    }

    @Override
    public long messages() {
      return messages;
    }
  }

  private final class Told implements HubWatch.Listener {
    @Override
    public void answered(JsonObject status) {
      watch.reported();
    }

    @Override
    public void lost() {
      told.add("lost");
    }

    @Override
    public void back() {
      told.add("back");
    }
  }

  private void pass(int seconds) {
    scheduler.advance(Duration.ofSeconds(seconds));
  }

  private void answer() {
    questions.remove().complete(new JsonObject());
  }

  private void fail() {
    questions.remove().fail("no answer");
  }

  @Test
  void shouldNotAskWhileReportsCome() {
    watch.ask();
    answer();
    for (int i = 0; i < 10; i++) {
      pass(5);
      watch.reported();
    }

    assertThat(questions).isEmpty();
    assertThat(told).isEmpty();
  }

  /** Lets every question of a while fail. */
  private void failFor(int millis) {
    for (int passed = 0; passed < millis; passed += 50) {
      while (!questions.isEmpty()) {
        fail();
      }
      scheduler.advance(Duration.ofMillis(50));
    }
  }

  @Test
  void shouldLoseAHubThatNeitherReportsNorAnswers() {
    watch.reported();
    pass(8);
    assertThat(questions).hasSize(1);
    failFor(1_450);
    assertThat(told).isEmpty();
    failFor(100);

    assertThat(told).containsExactly("lost");
    failFor(60_000);
    assertThat(told).containsExactly("lost");
  }

  @Test
  void shouldNotLoseAHubWhoseSuccessorAnswersSoon() {
    watch.ask();
    failFor(1_000);
    answer();
    pass(7);

    assertThat(told).isEmpty();
  }

  @Test
  void shouldFindALostHubByAnswerOrReport() {
    watch.ask();
    failFor(2_000);
    pass(1);
    answer();
    assertThat(told).containsExactly("lost", "back");

    watch.ask();
    failFor(2_000);
    watch.reported();
    assertThat(told).containsExactly("lost", "back", "lost", "back");
  }

  @Test
  void shouldNotLoseAHubThatIsHeardButSlowToAnswer() {
    watch.ask();
    fail();
    messages++;
    failFor(2_000);

    assertThat(told).isEmpty();
    assertThat(questions).hasSize(1);
  }

  @Test
  void shouldAskOnceHoweverOftenDoubted() {
    watch.ask();
    watch.ask();
    pass(60);

    assertThat(questions).hasSize(1);
  }

  @Test
  void shouldStayStillOnceStopped() {
    watch.ask();
    watch.stop();
    fail();
    watch.reported();
    pass(60);

    assertThat(told).isEmpty();
    assertThat(questions).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }
}
