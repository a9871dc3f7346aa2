package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody has is refused at once and is no fault; what another one told is asked of the first one now and then. */
@Timeout(60)
class OfferedHistoryTest {
  private static final long TEN = at("2013-10-07T10:00");
  private static final Duration LEASE = Duration.ofHours(1);
  private static final String CALL = "O:SPY131019C00170000";

  @TempDir
  Path folder;

  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", folder);
  }

  @AfterEach
  void end() {
    rig.close();
  }

  /** Lets no provider have minutes, nor stream bars. */
  private void lackMinutes() {
    JsonObject bars = new JsonObject()
        .put("stocks", new JsonArray().add("day"))
        .put("options", new JsonArray().add("day"));
    rig.vertx
        .eventBus()
        .consumer(
            Addresses.INGEST_CAPABILITIES,
            message -> message.reply(new JsonObject().put("bars", bars)));
    rig.refusedChannels = Set.of("minutes", "seconds");
  }

  /** No time passes, so that whoever waits for something waits for ever. */
  @Test
  void shouldAnswerAtOnceWhereNobodyHasAHistory() {
    lackMinutes();
    rig.demand(LEASE, "md.chart.1m.SPY");

    rig.until(() -> rig.snapshot("1m").health().mode() == HealthMode.LIVE);
    ChartMessage chart = rig.snapshot("1m");
    assertThat(chart.bars()).isEmpty();
    assertThat(chart.health().gapsDetected()).isZero();
    assertThat(chart.session().note()).startsWith("No provider has earlier bars");
    rig.failure = Optional.of(Failure.UNSUPPORTED.because("no provider here has bars of stocks"));
    assertThat(failure(Addresses.COMMAND_HISTORY, "SPY", "1m")).isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(Addresses.COMMAND_HISTORY, "NOPE", "1m"))
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
  }

  /** The first client is answered when the stream's topics are: it follows, although nothing has come yet. */
  @Test
  void shouldSayAtFirstThatTheStreamIsFollowed() {
    lackMinutes();

    assertThat(rig.chart("1m").headers().get("demand")).isEqualTo("quiet");
  }

  @Test
  void shouldWaitForTheStreamNoLongerThanTwoSeconds() {
    lackMinutes();
    rig.ready = false;
    JsonObject question = new JsonObject().put("symbol", "SPY").put("timeframe", "1m");
    Future<Message<Buffer>> asked = rig.vertx.eventBus().request(Addresses.COMMAND_CHART, question);
    rig.settle();
    assertThat(asked.isComplete()).isFalse();

    rig.advance(Duration.ofSeconds(2), false);
    assertThat(asked.await().headers().get("demand")).isEqualTo("pending");
  }

  @Test
  void shouldRefuseAChartThatHasNeitherHistoryNorStream() {
    lackMinutes();
    rig.refusedChannels = Set.of("minutes", "seconds", "trades");

    assertThat(failure(Addresses.COMMAND_CHART, "SPY", "1m")).isEqualTo(Failure.NOT_ENTITLED);
    assertThat(rig.chart("1d").headers().get("demand")).as("days alone").isEqualTo("polling");
  }

  @Test
  void shouldFollowTheStreamWithoutCallingWhatNobodyKnowsAGap() {
    lackMinutes();
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(12), true);

    ChartMessage chart = rig.snapshot("1m");
    assertThat(chart.bars()).anyMatch(bar -> bar.isFinal() && bar.startMillis() > TEN + MINUTE);
    Health health = chart.health();
    assertThat(health.mode()).as(health.reason()).isEqualTo(HealthMode.LIVE);
    assertThat(health.gapsDetected()).isZero();
    assertThat(rig.asked("minute")).isZero();
    assertThat(rig.alerts).isEmpty();
    JsonObject page =
        rig.<JsonObject>request(Addresses.COMMAND_HEALTH, new JsonObject()).body();
    assertThat(page.getInteger("gaps")).isZero();
  }

  @Test
  void shouldAskForNothingThatNobodyLooksAt() {
    rig.failure = Optional.of(Failure.PROVIDER_ERROR.because("scripted"));
    rig.demand(LEASE, "md.chart.1d.SPY");
    rig.until(() -> rig.asked("day") > 0);
    rig.demand(LEASE);
    rig.settle();
    rig.advance(Duration.ofMinutes(2), true);
    long asked = rig.asked("day");
    rig.advance(Duration.ofMinutes(10), true);
    assertThat(rig.asked("day")).isEqualTo(asked);
  }

  @Test
  void shouldAnswerWithTheDaysOfAnOptionThatHasNoMinutes() {
    lackMinutes();

    JsonObject question = new JsonObject()
        .put("symbol", CALL)
        .put("timeframe", "1d")
        .put("from", at("2013-09-30T00:00"))
        .put("to", rig.clock.millis());
    rig.request(Addresses.COMMAND_HISTORY, question);
    assertThat(rig.asked("day")).isPositive();
    assertThat(rig.asked("minute")).isZero();
  }

  private Failure failure(String command, String symbol, String timeframe) {
    JsonObject question = new JsonObject().put("symbol", symbol).put("timeframe", timeframe);
    Throwable thrown = catchThrowable(() -> rig.request(command, question));
    return FailureException.of(thrown).code();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Addresses.COMMAND_CHART,
        Addresses.COMMAND_HISTORY,
        Addresses.COMMAND_QUOTE,
        Addresses.COMMAND_BOOK,
        Addresses.COMMAND_TRADES
      })
  void shouldRefuseAKindOfInstrumentThatNobodyHas(String command) {
    assertThat(failure(command, "F:ES", "1m")).isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(command, "F:ES", "1m")).as("again").isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(command, "NOPE", "1m")).isEqualTo(Failure.UNKNOWN_INSTRUMENT);
  }

  @Test
  void shouldAskTheFirstProviderEverMoreSeldomForWhatAnotherOneTold() {
    rig.fallbackReason = "empty";
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(31), true);

    long asked = rig.questions.stream()
        .filter(question -> question.getString("unit").equals("minute"))
        .filter(question -> question.getString("priority").equals("reader"))
        .count();
    assertThat(asked).as("some of them compare").isBetween(3L, 9L);
    assertThat(rig.snapshot("1m").health().mode()).isEqualTo(HealthMode.DEGRADED);
    rig.fallbackReason = "";
    rig.advance(Duration.ofMinutes(16), true);
    assertThat(rig.snapshot("1m").health().mode()).isEqualTo(HealthMode.LIVE);
  }
}
