package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TopicStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HubVerticleTest {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final long TEN = at("2013-10-07T10:00");

  @TempDir
  private Path dataDir;

  private HubRig rig;

  private HubRig rig(String newYork) {
    rig = new HubRig(newYork, dataDir);
    return rig;
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  private static Bar last(ChartMessage message) {
    return message.bars().get(message.bars().size() - 1);
  }

  private static void assertTrue(List<Bar> bars, long from, long to) {
    int at = 0;
    for (long minute = from; minute < to; minute += MINUTE) {
      if (HubRig.isTraded(minute)) {
        Bar bar = bars.get(at++);
        assertThat(bar.startMillis()).isEqualTo(minute);
        assertThat(bar.isFinal()).isTrue();
        assertThat(bar.volume()).isEqualTo(60);
        assertThat(bar.close()).isEqualTo(HubRig.minute(minute, Long.MAX_VALUE).close());
      }
    }
    assertThat(bars).hasSize(at);
  }

  private static List<Bar> between(ChartMessage message, long from, long to) {
    return message.bars().stream()
        .filter(bar -> bar.startMillis() >= from && bar.startMillis() < to)
        .toList();
  }

  @Test
  void shouldLoadTheLastSessionTodayAndTheWholeMinuteInProgress() {
    rig("2013-10-07T10:01:30");
    Message<Buffer> answer = rig.chart("1m");
    assertThat(answer.headers().get("kind")).isEqualTo("snapshot");
    assertThat(answer.headers().get("demand")).isEqualTo("live");
    ChartMessage chart = ChartJsonReader.read(answer.body());
    assertTrue(
        between(chart, at("2013-10-04T09:30"), at("2013-10-04T16:00")),
        at("2013-10-04T09:30"),
        at("2013-10-04T16:00"));
    assertThat(last(chart).startMillis()).isEqualTo(TEN + MINUTE);
    assertThat(last(chart).state()).isEqualTo(BarState.LIVE);
    assertThat(last(chart).volume()).isEqualTo(31);
    assertThat(chart.health().mode()).isEqualTo(HealthMode.LIVE);
    assertThat(chart.health().source()).isEqualTo(HealthSource.WS);
    assertThat(chart.intervals())
        .contains(
            new Interval(at("2013-10-04T20:00"), at("2013-10-07T04:00"), IntervalState.CLOSED));
    assertThat(chart.intervals())
        .filteredOn(run -> run.toMillis() <= TEN)
        .extracting(Interval::state)
        .containsOnly(IntervalState.QUIET, IntervalState.CLOSED);
  }

  @Test
  void shouldPublishEveryChangeAsAContinuousStream() {
    rig("2013-10-07T10:01:30");
    rig.listen("md.chart.1m.SPY");
    rig.demand(LEASE, "md.chart.1m.SPY");
    ChartMessage chart = rig.snapshot("1m");
    rig.advance(Duration.ofSeconds(100), true);
    assertThat(rig.updates).hasSizeGreaterThan(60);
    long seq = chart.seq();
    for (ChartUpdate update : rig.updates) {
      if (update.seq() > seq) {
        assertThat(update.fromSeq()).isLessThanOrEqualTo(seq);
        seq = update.seq();
      }
    }
    ChartMessage now = rig.snapshot("1m");
    assertThat(now.seq()).isEqualTo(seq);
    assertTrue(between(now, TEN, TEN + 2 * MINUTE), TEN, TEN + 2 * MINUTE);

    JsonObject resume = new JsonObject()
        .put("symbol", "SPY")
        .put("timeframe", "1m")
        .put("since", new JsonObject().put("epoch", chart.epoch()).put("seq", chart.seq()));
    Message<Buffer> resumed = rig.request(Addresses.COMMAND_CHART, resume);
    assertThat(resumed.headers().get("kind")).isEqualTo("update");
    ChartMessage missed = ChartJsonReader.read(resumed.body());
    assertThat(missed.bars())
        .extracting(Bar::startMillis)
        .contains(TEN + MINUTE, last(now).startMillis());
    assertThat(missed.bars()).hasSizeLessThan(5);
    resume.getJsonObject("since").put("epoch", "other");
    assertThat(rig.<Buffer>request(Addresses.COMMAND_CHART, resume).headers().get("kind"))
        .isEqualTo("snapshot");
  }

  @Test
  void shouldFillWhatADisconnectMissed() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.chart.1m.SPY", "md.chart.5m.SPY");
    String epoch = rig.snapshot("1m").epoch();
    rig.advance(Duration.ofSeconds(60), true);
    rig.failure = Optional.of(Failure.PROVIDER_ERROR.because("down"));
    rig.feed(FeedStatus.State.DISCONNECTED, "the connection was lost", rig.clock.millis());
    rig.topics(TopicStatus.State.LOST);
    rig.advance(Duration.ofMinutes(6), false);
    ChartMessage down = rig.snapshot("1m");
    assertThat(down.health().mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(down.health().reason()).isEqualTo("the connection was lost");
    assertThat(down.bars()).isNotEmpty();
    assertThat(down.intervals()).extracting(Interval::state).contains(IntervalState.OUTAGE);

    rig.failure = Optional.empty();
    rig.feed(FeedStatus.State.STREAMING, "", rig.clock.millis());
    rig.topics(TopicStatus.State.READY);
    rig.advance(Duration.ofSeconds(70), true);
    ChartMessage back = rig.snapshot("1m");
    assertThat(back.epoch()).isEqualTo(epoch);
    assertThat(back.health().mode()).isEqualTo(HealthMode.LIVE);
    assertThat(back.intervals()).extracting(Interval::state).doesNotContain(IntervalState.OUTAGE);
    assertTrue(between(back, TEN, TEN + 8 * MINUTE), TEN, TEN + 8 * MINUTE);
  }

  @Test
  void shouldLearnWhatWasCorrectedWhileTheStreamWasLost() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.chart.1m.SPY", "md.chart.5m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(10), true);
    rig.feed(FeedStatus.State.DISCONNECTED, "the connection was lost", rig.clock.millis());
    rig.topics(TopicStatus.State.LOST);
    rig.correction = 5;
    rig.feed(FeedStatus.State.STREAMING, "", rig.clock.millis());
    rig.topics(TopicStatus.State.READY);
    rig.advance(Duration.ofSeconds(5), true);
    assertThat(between(rig.snapshot("1m"), TEN, TEN + 10 * MINUTE))
        .isNotEmpty()
        .allSatisfy(bar -> assertThat(bar.volume()).isEqualTo(65))
        .extracting(Bar::state)
        .containsOnly(BarState.REVISED);
  }

  @Test
  void shouldFillTheQuarterOfAnHourThatARealTimeFeedIsAheadOfADelayedOne() {
    rig("2013-10-07T10:31:30");
    rig.send(List.of(new FeedStatus(
        "massive", "stocks", FeedStatus.State.STREAMING, "", 900_000, Set.of(), -1)));
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.feed(FeedStatus.State.STREAMING, "", rig.clock.millis());
    rig.advance(Duration.ofSeconds(2), true);
    long to = TEN + 31 * MINUTE;
    ChartMessage chart = rig.snapshot("1m");
    assertTrue(between(chart, TEN, to), TEN, to);
    assertThat(last(chart).volume()).isGreaterThan(30);
    assertThat(chart.health().mode()).isEqualTo(HealthMode.LIVE);
  }

  private JsonObject health() {
    return rig.<JsonObject>request(Addresses.COMMAND_HEALTH, new JsonObject()).body();
  }

  @Test
  void shouldWaitAsLongAsTheProviderAsksAndThenLoad() {
    rig("2013-10-07T10:01:30");
    rig.failure = Optional.of(Failure.RATE_LIMITED.because("slow down", 3_000));
    rig.demand(LEASE, "md.chart.1m.SPY");
    Future<Message<Buffer>> chart = rig.vertx
        .eventBus()
        .request(
            Addresses.COMMAND_CHART, new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
    rig.until(() -> !rig.questions.isEmpty());
    rig.advance(Duration.ofSeconds(1), false);
    rig.until(() -> health().getBoolean("throttled"));
    assertThat(health().getString("status")).isEqualTo("degraded");
    rig.failure = Optional.empty();
    rig.advance(Duration.ofSeconds(3), false);
    ChartMessage loaded = ChartJsonReader.read(chart.await().body());
    assertThat(loaded.bars()).hasSizeGreaterThan(300);
    rig.until(() -> rig.snapshot("1m").health().mode() == HealthMode.LIVE);
  }

  @Test
  void shouldAnswerPendingWhenNothingCanBeLoadedInTime() {
    rig("2013-10-07T10:01:30");
    rig.answering = false;
    Future<Message<Buffer>> chart = rig.vertx
        .eventBus()
        .request(
            Addresses.COMMAND_CHART, new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
    rig.until(() -> !rig.questions.isEmpty());
    rig.advance(Duration.ofSeconds(5), false);
    Message<Buffer> answer = chart.await();
    assertThat(answer.headers().get("demand")).isEqualTo("pending");
    assertThat(ChartJsonReader.read(answer.body()).health().mode()).isEqualTo(HealthMode.DEGRADED);
  }

  @Test
  void shouldConfirmByTheStreamAloneWhileTheHistoryFails() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.chart.1m.SPY", "md.chart.5m.SPY");
    rig.snapshot("1m");
    rig.failure = Optional.of(Failure.PROVIDER_ERROR.because("500"));
    rig.advance(Duration.ofMinutes(60), true);
    long to = TEN + 61 * MINUTE;
    ChartMessage chart = rig.snapshot("1m");
    assertTrue(between(chart, TEN, to), TEN, to);
    assertThat(between(chart, TEN + 2 * MINUTE, to))
        .extracting(Bar::source)
        .containsOnly(BarSource.LIVE);
  }

  @Test
  void shouldConfirmByTheHistoryWhileTheStreamIsMute() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    int asked = rig.questions.size();
    rig.advance(Duration.ofSeconds(15), false);
    rig.feed(FeedStatus.State.MUTE, "the stream is silent", TEN + 90_000);
    rig.advance(Duration.ofMinutes(20), false);
    long to = TEN + 21 * MINUTE;
    ChartMessage chart = rig.snapshot("1m");
    assertTrue(between(chart, TEN, to), TEN, to);
    assertThat(chart.health().mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(chart.health().source()).isEqualTo(HealthSource.REST);
    assertThat(rig.questions.size() - asked).isBetween(19, 24);
  }

  @Test
  void shouldDropTopicsWhenTheLeaseEndsAndFillTheHoleOnReturn() {
    rig("2013-10-07T10:01:30");
    rig.demand(Duration.ofSeconds(15), "md.chart.1m.SPY", "md.quote.SPY");
    String epoch = rig.snapshot("1m").epoch();
    assertThat(rig.demanded)
        .containsExactly("halts:SPY", "minutes:SPY", "quotes:SPY", "seconds:SPY");
    rig.advance(Duration.ofSeconds(19), true);
    assertThat(rig.demanded).isNotEmpty();
    rig.advance(Duration.ofSeconds(2), true);
    assertThat(rig.demanded).isEmpty();

    rig.advance(Duration.ofMinutes(5), false);
    ChartMessage back = rig.snapshot("1m");
    assertThat(back.epoch()).isEqualTo(epoch);
    assertTrue(between(back, TEN, TEN + 6 * MINUTE), TEN, TEN + 6 * MINUTE);
  }

  @Test
  void shouldRefuseWhatItCannotServe() {
    rig("2013-10-07T10:01:30");
    assertFailure(
        new JsonObject().put("symbol", "NOPE").put("timeframe", "1m"), Failure.UNKNOWN_INSTRUMENT);
    assertFailure(
        new JsonObject().put("symbol", "SPY").put("timeframe", "2m"), Failure.INVALID_PARAMETER);
    assertFailure(new JsonObject().put("timeframe", "1m"), Failure.INVALID_PARAMETER);
  }

  private void assertFailure(JsonObject question, Failure code) {
    assertThatThrownBy(() -> rig.request(Addresses.COMMAND_CHART, question))
        .satisfies(cause -> assertThat(FailureException.of(cause).code()).isEqualTo(code));
  }

  @Test
  void shouldServeStatusAndQuotes() {
    rig("2013-10-07T10:01:30");
    JsonObject status =
        rig.<JsonObject>request(Addresses.COMMAND_STATUS, new JsonObject()).body();
    assertThat(status.getString("market")).isEqualTo("open");
    assertThat(status.getString("marketTime")).isEqualTo("2013-10-07T10:01:30-04:00");
    rig.demand(LEASE, "md.quote.SPY");
    rig.advance(Duration.ofSeconds(5), true);
    rig.until(() -> quote().containsKey("prevClose"));
    assertThat(quote().getDouble("prevClose")).isEqualTo(150);
    assertThat(quote().getDouble("last")).isEqualTo(HubRig.price(rig.clock.millis() - 2_000));
  }

  @Test
  void shouldNotCallTheFormerCloseALastPrice() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.quote.SPY");
    rig.until(() -> quote().containsKey("prevClose"));

    assertThat(quote().containsKey("last")).isFalse();
  }

  @Test
  void shouldShowTheLastQuoteOfAnEarlierRunUntilSomethingNewComes() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.quote.SPY");
    rig.send(List.of(new QuoteEvent(HubRig.SPY, rig.clock.millis(), 0, 7, 150.1, 2, 150.2, 3)));
    rig.advance(Duration.ofSeconds(5), true);
    rig.until(() -> quote().containsKey("last"));
    JsonObject before = quote();
    rig.close();
    rig("2013-10-07T10:06:30");
    rig.ready = false;
    rig.demand(LEASE, "md.quote.SPY");
    rig.until(() -> quote().containsKey("last"));
    assertThat(quote().getDouble("bid")).isEqualTo(150.1);
    assertThat(quote().getDouble("last")).isEqualTo(before.getDouble("last"));
    assertThat(quote().getLong("t")).isEqualTo(before.getLong("t"));
    rig.ready = true;
    rig.advance(Duration.ofSeconds(5), true);
    rig.until(() -> quote().getLong("t") > before.getLong("t"));
    assertThat(quote().containsKey("bid")).isFalse();
  }

  private JsonObject quote() {
    JsonObject question = new JsonObject().put("symbol", "SPY");
    return rig.<Buffer>request(Addresses.COMMAND_QUOTE, question).body().toJsonObject();
  }

  @Test
  void shouldRunOnTheDelayedClockOfADelayedPlan() {
    rig("2013-10-07T10:16:30");
    rig.send(List.of(new FeedStatus(
        "massive", "stocks", FeedStatus.State.STREAMING, "", 900_000, Set.of(), -1)));
    rig.demand(LEASE, "md.chart.1m.SPY");
    ChartMessage chart = rig.snapshot("1m");
    assertThat(chart.health().delayMillis()).isEqualTo(900_000);
    rig.send(List.of(HubRig.minute(TEN, Long.MAX_VALUE)));
    rig.settle();
    rig.send(List.of(HubRig.minute(TEN + MINUTE, Long.MAX_VALUE)));
    rig.settle();
    List<Bar> bars = between(rig.snapshot("1m"), TEN, TEN + 2 * MINUTE);
    assertThat(bars.get(0).isFinal()).isTrue();
    assertThat(bars.get(1).state()).isEqualTo(BarState.LIVE);
  }

  @Test
  void shouldSurviveARestartWithTheStoreWhenTheHistoryFails() {
    rig("2013-10-07T10:01:30");
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(2), true);
    rig.close();

    rig("2013-10-07T10:05:30");
    rig.failure = Optional.of(Failure.PROVIDER_ERROR.because("down"));
    ChartSnapshot chart = (ChartSnapshot) rig.snapshot("1m");
    assertThat(chart.health().mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(chart.bars()).extracting(Bar::source).containsOnly(BarSource.CACHE);
    assertThat(last(chart).startMillis()).isGreaterThanOrEqualTo(TEN + MINUTE);
  }
}
