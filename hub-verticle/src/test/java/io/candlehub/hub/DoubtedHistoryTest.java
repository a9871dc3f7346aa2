package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.HealthMode;
import io.candlehub.model.IntervalState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first provider knows no bars of an open session, and the one that was to confirm it failed. */
@Timeout(60)
class DoubtedHistoryTest {
  private static final long TEN = at("2013-10-07T10:00");
  private static final Duration LEASE = Duration.ofHours(1);

  @TempDir
  Path folder;

  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", folder);
    rig.doubted = true;
  }

  @AfterEach
  void end() {
    rig.close();
  }

  private static boolean isQuiet(ChartMessage chart, long minute) {
    return chart.intervals().stream()
        .filter(run -> run.fromMillis() <= minute && run.toMillis() > minute)
        .anyMatch(run -> run.state() == IntervalState.QUIET);
  }

  private static long before(ChartMessage chart, long millis) {
    return chart.bars().stream()
        .filter(bar -> bar.startMillis() < millis)
        .filter(Bar::isFinal)
        .count();
  }

  @Test
  void shouldCallMinutesQuietOnlyUntilSomebodyKnowsBetter() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    ChartMessage doubted = rig.snapshot("1m");
    assertThat(isQuiet(doubted, TEN - 20 * MINUTE)).isTrue();
    assertThat(doubted.bars()).isEmpty();
    rig.advance(Duration.ofMinutes(8), true);
    assertThat(rig.snapshot("1m").health().mode())
        .as("a share that hardly trades is no worse for a provider that is away")
        .isEqualTo(HealthMode.LIVE);
    assertThat(rig.alerts).isEmpty();
    assertThat(before(rig.snapshot("1m"), TEN)).isZero();
    rig.doubted = false;
    rig.advance(Duration.ofMinutes(8), true);

    ChartMessage told = rig.snapshot("1m");
    assertThat(before(told, at("2013-10-05T00:00"))).isGreaterThan(300);
    assertThat(before(told, TEN)).isGreaterThan(320);
    assertThat(isQuiet(told, TEN - 20 * MINUTE)).isEqualTo(!HubRig.isTraded(TEN - 20 * MINUTE));
  }

  @Test
  void shouldAskEverMoreSeldomForWhatNobodyConfirms() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(31), true);

    long asked = rig.questions.stream()
        .filter(question -> question.getString("unit").equals("minute"))
        .filter(question -> question.getLong("from") < at("2013-10-05T00:00"))
        .count();
    assertThat(asked).as("the load, after 1, 3, 7, 15 and 30 minutes").isBetween(5L, 8L);
  }

  @Test
  void shouldAskAgainForDaysThatNobodyConfirms() {
    rig.demand(LEASE, "md.chart.1d.SPY");
    assertThat(rig.snapshot("1d").bars()).hasSizeLessThan(2);
    rig.doubted = false;
    rig.advance(Duration.ofMinutes(2), true);

    assertThat(rig.snapshot("1d").bars()).hasSizeGreaterThan(490);
  }

  @Test
  void shouldNotKeepWhatNobodyConfirmed() {
    assertThat(read("2013-10-01T09:30", "2013-10-01T15:59")).isEmpty();
    rig.doubted = false;

    assertThat(read("2013-10-01T09:30", "2013-10-01T15:59")).hasSizeGreaterThan(300);
  }

  private JsonArray read(String from, String to) {
    JsonObject question = new JsonObject()
        .put("symbol", "SPY")
        .put("adjusted", true)
        .put("timeframe", "1m")
        .put("limit", 1_000)
        .put("from", at(from))
        .put("to", at(to));
    return rig.<EncodedHistory>request(Addresses.COMMAND_HISTORY, question)
        .body()
        .toBuffer()
        .toJsonObject()
        .getJsonArray("bars");
  }
}
