package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.MarketClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class HistoryFlightsTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final long MINUTE = 60_000;
  private static final long TEN = 1_764_601_200_000L;

  private final ManualClock clock = new ManualClock(TEN);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<HistoryQuery> asked = new ArrayList<>();
  private final List<Errand> errands = new ArrayList<>();
  private final List<Promise<History>> answers = new ArrayList<>();
  private final HistoryFlights flights = new HistoryFlights(
      (query, errand) -> {
        asked.add(query);
        errands.add(errand);
        Promise<History> answer = Promise.promise();
        answers.add(answer);
        return answer.future();
      },
      MarketClock.of(clock),
      new FeedMeters(registry, "test"));

  @Test
  void shouldShareTheRequestOfAnEqualQuestionWheneverItWasSent() {
    Future<History> first = ask(-60, 0, Priority.GAP, "");
    errands.get(0).sentAt(TEN);
    clock.advance(30_000);
    Future<History> second = ask(-60, 0, Priority.GAP, "");
    answers.get(0).complete(minutes(-60, 0));

    assertThat(asked).hasSize(1);
    assertThat(first.result()).isEqualTo(second.result());
    assertThat(counted("true")).isEqualTo(1);
    assertThat(counted("false")).isEqualTo(1);
  }

  @Test
  void shouldServeARangeInsideFromARequestThatStillWaits() {
    Future<History> whole = ask(-60, 0, Priority.READER, "");
    Future<History> part = ask(-10, 0, Priority.CHART, "");

    assertThat(asked).hasSize(1);
    assertThat(errands.get(0).priority()).isEqualTo(Priority.CHART);
    answers.get(0).complete(minutes(-60, 0));

    assertThat(whole.result().bars().size()).isEqualTo(61);
    assertThat(part.result().bars().size()).isEqualTo(11);
    assertThat(part.result().bars().startMillis(0)).isEqualTo(TEN - 10 * MINUTE);
    assertThat(part.result().askedAtMillis()).isEqualTo(whole.result().askedAtMillis());
  }

  @Test
  void shouldAskAnewWhereTheRequestOnItsWayIsOlderNews() {
    ask(-60, 5, Priority.CHART, "");
    errands.get(0).sentAt(TEN);
    clock.advance(500);
    ask(-1, 0, Priority.CHART, "");
    assertThat(asked).hasSize(1);

    clock.advance(2_000);
    ask(-2, 0, Priority.CHART, "");
    ask(-60, -2, Priority.CHART, "");

    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).fromMillis()).isEqualTo(TEN - 2 * MINUTE);
  }

  @Test
  void shouldNotWaitForALongDownload() {
    ask(-60_000, 0, Priority.READER, "");
    ask(-10, 0, Priority.CHART, "");

    assertThat(asked).hasSize(2);
  }

  @Test
  void shouldNotMixInstrumentsOrUnits() {
    ask(-60, 0, Priority.CHART, "");
    flights.ask(
        new HistoryQuery(Instrument.of("QQQ"), HistoryUnit.MINUTE, TEN, TEN), Priority.CHART, "");
    flights.ask(new HistoryQuery(SPY, HistoryUnit.SECOND, TEN, TEN), Priority.CHART, "");

    assertThat(asked).hasSize(3);
  }

  @Test
  void shouldDropTheRequestWhenTheLastAskerLeaves() {
    Future<History> first = ask(-60, 0, Priority.CHART, "a");
    Future<History> second = ask(-60, 0, Priority.READER, "b");
    flights.cancel("a");

    assertThat(code(first)).isEqualTo(Failure.UNAVAILABLE);
    assertThat(second.isComplete()).isFalse();
    assertThat(errands.get(0).isDropped()).isFalse();
    assertThat(errands.get(0).priority()).isEqualTo(Priority.READER);
    flights.cancel("b");

    assertThat(code(second)).isEqualTo(Failure.UNAVAILABLE);
    assertThat(errands.get(0).isDropped()).isTrue();
  }

  @Test
  void shouldAskAnewAfterARequestWasDropped() {
    ask(-60, 0, Priority.CHART, "a");
    flights.cancel("a");
    Future<History> again = ask(-60, 0, Priority.CHART, "a");
    answers.get(0).fail(Errand.droppedFailure());
    answers.get(1).complete(minutes(-60, 0));

    assertThat(again.succeeded()).isTrue();
  }

  @Test
  void shouldIgnoreUnknownTickets() {
    Future<History> open = ask(-60, 0, Priority.CHART, "");
    flights.cancel("x");

    assertThat(open.isComplete()).isFalse();
  }

  @Test
  void shouldRememberNothingAndServeInOrder() {
    List<String> served = new ArrayList<>();
    ask(-60, 0, Priority.CHART, "").onComplete(outcome -> served.add("first"));
    ask(-60, 0, Priority.CHART, "").onComplete(outcome -> served.add("second"));
    answers.get(0).fail("no");
    ask(-60, 0, Priority.CHART, "");

    assertThat(served).containsExactly("first", "second");
    assertThat(asked).hasSize(2);
  }

  private Future<History> ask(int fromMinute, int toMinute, Priority priority, String ticket) {
    return flights.ask(
        new HistoryQuery(
            SPY, HistoryUnit.MINUTE, TEN + fromMinute * MINUTE, TEN + toMinute * MINUTE),
        priority,
        ticket);
  }

  private static History minutes(int from, int to) {
    BarBlock.Builder bars = new BarBlock.Builder(64);
    for (int minute = from; minute <= to; minute++) {
      bars.add(TEN + minute * MINUTE, 1, 1, 1, 1, 1, Double.NaN, -1);
    }
    return new History(bars.build(), TEN);
  }

  private double counted(String shared) {
    return registry
        .get("candlehub.ingest.questions")
        .tags("kind", "history", "shared", shared)
        .counter()
        .count();
  }

  private static Failure code(Future<?> future) {
    return FailureException.of(future.cause()).code();
  }
}
