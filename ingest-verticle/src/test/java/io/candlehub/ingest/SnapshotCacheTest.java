package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class SnapshotCacheTest {
  private static final double NONE = Double.NaN;
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument QQQ = Instrument.of("QQQ");

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Call> calls = new ArrayList<>();
  private final SnapshotCache cache = new SnapshotCache(
      (instruments, priority) -> {
        Call call = new Call(instruments, priority, Promise.promise());
        calls.add(call);
        return call.answer.future();
      },
      () -> clock.millis() * 1_000_000,
      scheduler,
      new FeedMeters(registry, "test"));

  private record Call(List<Instrument> instruments, Priority priority, Promise<Snapshots> answer) {
    void reply(Instrument... known) {
      answer.complete(
          Snapshots.of(List.of(known).stream().map(SnapshotCacheTest::snapshot).toList()));
    }
  }

  private static MarketSnapshot snapshot(Instrument instrument) {
    return new MarketSnapshot(
        instrument,
        "",
        NONE,
        NONE,
        NONE,
        NONE,
        5,
        1,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        1,
        0,
        1,
        "test",
        "",
        Set.of());
  }

  private Future<List<MarketSnapshot>> ask(Priority priority, Instrument... instruments) {
    return cache.ask(List.of(instruments), priority).map(Snapshots::told);
  }

  private void gather() {
    scheduler.advance(Duration.ofMillis(5));
  }

  private static List<Instrument> found(Future<List<MarketSnapshot>> answer) {
    return answer.result().stream().map(MarketSnapshot::instrument).toList();
  }

  @Test
  void shouldAskOnceForAllWhoAskWithinAMoment() {
    Future<List<MarketSnapshot>> one = ask(Priority.WARM, SPY, QQQ);
    Future<List<MarketSnapshot>> other = ask(Priority.CHART, QQQ);
    gather();

    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).instruments).containsExactly(QQQ, SPY);
    assertThat(calls.get(0).priority).isEqualTo(Priority.CHART);
    calls.get(0).reply(SPY, QQQ);
    assertThat(found(one)).containsExactly(SPY, QQQ);
    assertThat(found(other)).containsExactly(QQQ);
  }

  @Test
  void shouldServeWhatIsTwoSecondsYoung() {
    ask(Priority.READER, SPY);
    gather();
    calls.get(0).reply(SPY);
    clock.advance(1_999);
    assertThat(found(ask(Priority.READER, SPY))).containsExactly(SPY);
    clock.advance(1);
    ask(Priority.READER, SPY);
    gather();

    assertThat(calls).hasSize(2);
    assertThat(registry
            .get("candlehub.ingest.questions")
            .tags("kind", "snapshots", "shared", "true")
            .counter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void shouldWaitForWhatIsOnItsWayAndRememberWhatIsNotKnown() {
    ask(Priority.READER, SPY);
    gather();
    Future<List<MarketSnapshot>> later = ask(Priority.READER, SPY, QQQ);
    gather();
    assertThat(calls).hasSize(2);
    assertThat(calls.get(1).instruments).containsExactly(QQQ);
    calls.get(1).reply();
    assertThat(later.isComplete()).isFalse();
    calls.get(0).reply(SPY);

    assertThat(found(later)).containsExactly(SPY);
    assertThat(found(ask(Priority.READER, QQQ))).isEmpty();
    assertThat(calls).hasSize(2);
  }

  @Test
  void shouldNotKeepFailures() {
    Future<List<MarketSnapshot>> failed = ask(Priority.READER, SPY);
    gather();
    calls.get(0).answer.fail("no");
    Future<List<MarketSnapshot>> again = ask(Priority.READER, SPY);
    gather();
    calls.get(1).reply(SPY);

    assertThat(failed.failed()).isTrue();
    assertThat(found(again)).containsExactly(SPY);
  }

  @Test
  void shouldTellWhatIsDoubtedAndNotKeepIt() {
    Future<Snapshots> one = cache.ask(List.of(SPY, QQQ), Priority.READER);
    gather();
    calls.get(0).answer.complete(new Snapshots(List.of(snapshot(SPY)), Set.of(QQQ)));
    Future<Snapshots> again = cache.ask(List.of(SPY, QQQ), Priority.READER);
    gather();
    assertThat(calls.get(1).instruments).containsExactly(QQQ);
    calls.get(1).reply();

    assertThat(one.result()).isEqualTo(new Snapshots(List.of(snapshot(SPY)), Set.of(QQQ)));
    assertThat(again.result()).isEqualTo(Snapshots.of(List.of(snapshot(SPY))));
  }

  @Test
  void shouldAskForManyInSeveralRequests() {
    List<Instrument> many =
        IntStream.range(0, 600).mapToObj(i -> Instrument.of("S" + i)).toList();
    Future<List<MarketSnapshot>> all = cache.ask(many, Priority.READER).map(Snapshots::told);
    gather();
    assertThat(calls).extracting(call -> call.instruments.size()).containsExactly(250, 250, 100);
    calls.forEach(call -> call.reply(call.instruments.toArray(Instrument[]::new)));

    assertThat(found(all)).isEqualTo(many);
  }

  @Test
  void shouldAnswerNothingToNothing() {
    assertThat(found(ask(Priority.READER))).isEmpty();
  }
}
