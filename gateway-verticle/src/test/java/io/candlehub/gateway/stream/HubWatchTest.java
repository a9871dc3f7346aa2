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
    public Future<JsonObject> status() {
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

  @Test
  void shouldLoseAHubThatNeitherReportsNorAnswers() {
    watch.reported();
    pass(8);
    assertThat(questions).hasSize(1);
    assertThat(told).isEmpty();
    fail();

    assertThat(told).containsExactly("lost");
    pass(2);
    fail();
    assertThat(told).containsExactly("lost");
  }

  @Test
  void shouldFindALostHubByAnswerOrReport() {
    watch.ask();
    fail();
    pass(2);
    answer();
    assertThat(told).containsExactly("lost", "back");

    watch.ask();
    fail();
    watch.reported();
    assertThat(told).containsExactly("lost", "back", "lost", "back");
    pass(7);
    assertThat(questions).isEmpty();
  }

  @Test
  void shouldNotLoseAHubThatIsHeardButSlowToAnswer() {
    watch.ask();
    messages++;
    fail();

    assertThat(told).isEmpty();
    pass(8);
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
