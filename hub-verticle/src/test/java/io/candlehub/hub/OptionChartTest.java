package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Charts of options over the bus: intraday on the underlying's bars, daily on their own (contract §3). */
@Timeout(30)
class OptionChartTest {
  private static final String CALL = "O:SPY131018C00150000";
  private static final String NOTE = "Intraday bars are those of SPY, the underlying.";
  private static final Duration LONG = Duration.ofHours(1);
  private static final long TEN = at("2013-10-07T10:00");

  @TempDir
  private Path folder;

  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static JsonObject question(String symbol, String timeframe) {
    return new JsonObject().put("symbol", symbol).put("timeframe", timeframe);
  }

  private ChartSnapshot snapshot(String symbol, String timeframe) {
    return (ChartSnapshot) ChartJsonReader.read(
        rig.<Buffer>request(Addresses.COMMAND_CHART, question(symbol, timeframe))
            .body());
  }

  private JsonObject history(JsonObject question) {
    return rig.<EncodedHistory>request(Addresses.COMMAND_HISTORY, question)
        .body()
        .toBuffer()
        .toJsonObject();
  }

  private Set<String> demanded() {
    rig.settle();
    synchronized (rig.demanded) {
      return Set.copyOf(rig.demanded);
    }
  }

  @Test
  void shouldShowTheUnderlyingsBarsIntraday() {
    for (String timeframe : new String[] {"1s", "1m", "5m", "1h"}) {
      ChartSnapshot chart = snapshot(CALL, timeframe);
      ChartSnapshot underlying = snapshot("SPY", timeframe);
      assertThat(chart.key().instrument().symbol()).isEqualTo(CALL);
      assertThat(chart.barsOf()).isEqualTo("SPY");
      assertThat(chart.session().note()).isEqualTo(NOTE);
      assertThat(chart.bars()).isNotEmpty().isEqualTo(underlying.bars());
      assertThat(chart.intervals()).isEqualTo(underlying.intervals());
      assertThat(chart.epoch()).isEqualTo(underlying.epoch());
      assertThat(underlying.barsOf()).isEqualTo("SPY");
      assertThat(underlying.session().note()).isEmpty();
    }
    assertThat(demanded()).containsExactlyInAnyOrder("minutes:SPY", "seconds:SPY", "halts:SPY");
  }

  @Test
  void shouldShowItsOwnBarsDaily() {
    for (String timeframe : new String[] {"1d", "1w"}) {
      ChartSnapshot chart = snapshot(CALL, timeframe);
      assertThat(chart.barsOf()).isEqualTo(CALL);
      assertThat(chart.session().note()).isEmpty();
    }
    assertThat(demanded()).containsExactlyInAnyOrder("minutes:" + CALL, "seconds:" + CALL);
  }

  @Test
  void shouldStreamTheUnderlyingsBarsUnderTheOptionsName() {
    String address = "md.chart.1m." + CALL;
    rig.listen(address);
    rig.demand(LONG, address);
    ChartSnapshot chart = snapshot(CALL, "1m");
    rig.advance(Duration.ofSeconds(100), true);
    assertThat(rig.updates).hasSizeGreaterThan(60);
    long seq = chart.seq();
    for (ChartUpdate update : rig.updates) {
      assertThat(update.key().instrument().symbol()).isEqualTo(CALL);
      assertThat(update.session().note()).isEqualTo(NOTE);
      if (update.seq() > seq) {
        assertThat(update.fromSeq()).isLessThanOrEqualTo(seq);
        seq = update.seq();
      }
    }
    assertThat(snapshot(CALL, "1m").seq()).isEqualTo(seq);

    JsonObject since = new JsonObject().put("epoch", chart.epoch()).put("seq", chart.seq());
    JsonObject resume = question(CALL, "1m").put("since", since);
    Buffer missed = rig.<Buffer>request(Addresses.COMMAND_CHART, resume).body();
    assertThat(ChartJsonReader.read(missed)).isInstanceOfSatisfying(ChartUpdate.class, update -> {
      assertThat(update.key().instrument().symbol()).isEqualTo(CALL);
      assertThat(update.bars()).hasSizeBetween(1, 4);
    });
    rig.demand(LONG);
    rig.advance(Duration.ofSeconds(20), false);
    assertThat(demanded()).isEmpty();
  }

  private static List<Map<String, Object>> values(JsonObject answer) {
    return answer.getJsonArray("bars").stream()
        .map(bar -> ((JsonObject) bar).copy())
        .peek(bar -> bar.remove("source"))
        .map(JsonObject::getMap)
        .toList();
  }

  @Test
  void shouldReadTheUnderlyingsBarsOfARange() {
    JsonObject range = question(CALL, "5m").put("from", at("2013-10-04T09:30")).put("to", TEN);
    JsonObject answer = history(range);
    assertThat(answer.getString("symbol")).isEqualTo(CALL);
    assertThat(answer.getString("barsOf")).isEqualTo("SPY");
    assertThat(answer.getJsonObject("session").getString("note")).isEqualTo(NOTE);
    // The store may have what the first question asked of the provider before the second one is
    // answered.
    assertThat(values(answer))
        .hasSizeGreaterThan(80)
        .isEqualTo(values(history(range.copy().put("symbol", "SPY"))));
    assertThat(demanded()).isEmpty();

    JsonObject now = history(question(CALL, "1m"));
    assertThat(now.getString("barsOf")).isEqualTo("SPY");
    JsonArray bars = now.getJsonArray("bars");
    assertThat(bars.getJsonObject(bars.size() - 1).getLong("t")).isEqualTo(TEN + MINUTE);
    assertThat(demanded()).containsExactlyInAnyOrder("minutes:SPY", "seconds:SPY", "halts:SPY");
    assertThat(history(question(CALL, "1d")).getString("barsOf")).isEqualTo(CALL);
  }

  @Test
  void shouldMakeIndicatorsOfTheBarsThatAreShown() {
    JsonObject question = question(CALL, "1m").put("name", "sma").put("window", 5);
    JsonObject answer =
        rig.<Buffer>request(Addresses.COMMAND_INDICATORS, question).body().toJsonObject();
    assertThat(answer.getString("symbol")).isEqualTo(CALL);
    assertThat(answer.getString("barsOf")).isEqualTo("SPY");
    assertThat(answer.getJsonArray("values"))
        .isNotEmpty()
        .isEqualTo(
            rig.<Buffer>request(Addresses.COMMAND_INDICATORS, question.copy().put("symbol", "SPY"))
                .body()
                .toJsonObject()
                .getJsonArray("values"));
  }

  @Test
  void shouldRefuseAnOptionThatDoesNotExistThoughItsUnderlyingDoes() {
    JsonObject past = question(HubRig.UNLISTED, "5m").put("from", TEN - MINUTE).put("to", TEN);
    assertRefused(
        Addresses.COMMAND_CHART, question(HubRig.UNLISTED, "5m"), Failure.CONTRACT_NOT_FOUND);
    assertRefused(
        Addresses.COMMAND_HISTORY, question(HubRig.UNLISTED, "5m"), Failure.CONTRACT_NOT_FOUND);
    assertRefused(Addresses.COMMAND_HISTORY, past, Failure.CONTRACT_NOT_FOUND);
    assertRefused(
        Addresses.COMMAND_CHART,
        question("O:NOPE131018C00150000", "5m"),
        Failure.UNKNOWN_INSTRUMENT);
  }

  @Test
  void shouldRefuseTheDaysOfAnOptionThatDoesNotExistAgain() {
    for (int i = 0; i < 2; i++) {
      assertRefused(
          Addresses.COMMAND_CHART, question(HubRig.UNLISTED, "1d"), Failure.CONTRACT_NOT_FOUND);
      rig.settle();
    }
  }

  private void assertRefused(String address, JsonObject question, Failure code) {
    assertThatThrownBy(() -> rig.request(address, question))
        .satisfies(cause -> assertThat(FailureException.of(cause).code()).isEqualTo(code));
  }
}
