package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider misbehaves while a client watches, or both do: the chart keeps its bars, health tells the truth, the stream comes
 * back by itself, and what was missed is filled, so that the client ends with what truly happened.
 */
@Timeout(180)
class FaultIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final long MINUTE = 60_000;
  private static final String BOTH = "both";

  @TempDir
  Path folder;

  private HubProcess hub;
  private ClientProcess client;

  @BeforeAll
  static void needClients() {
    NodeClient.assumeInstalled();
  }

  @BeforeEach
  void connectClient(TestInfo test) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("simulator.speed", "20");
    settings.put("massive.refused-retry", "2");
    boolean both = test.getTags().contains(BOTH);
    if (both) {
      settings.put("providers.order", "massive,tradier");
      // A second of life for trades to arrive before the clock makes their minute final.
      settings.put("candle.confirm-delay", "20");
    }
    hub = HubProcess.start(folder, settings);
    client = both
        ? ClientProcess.socketIo(hub.url(), "SPY", "1m", "1s")
        : ClientProcess.socketIo(hub.url(), "SPY", "1m");
    await("snapshot")
        .atMost(SOON)
        .until(() -> client.bars("1m").size() > 300 && mode().equals("LIVE"));
  }

  @AfterEach
  void end() {
    if (client != null) {
      client.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void shouldFillMinutesMissedByDisconnect() throws Exception {
    Set<Long> before = starts();
    hub.faults(
        new JsonObject("{\"kind\":\"disconnect\",\"market\":\"stocks\"}"),
        new JsonObject("{\"kind\":\"error\",\"path\":\"/v2/aggs\",\"status\":500,\"seconds\":6}"));
    await("degraded").atMost(SOON).until(() -> mode().equals("DEGRADED"));
    assertThat(starts()).containsAll(before);
    recoversAndEqualsTruth();
  }

  @Test
  void shouldSurviveThrottling() throws Exception {
    Set<Long> before = starts();
    hub.faults(
        new JsonObject(
            "{\"kind\":\"rate-limit\",\"path\":\"/v2/aggs\",\"seconds\":6,\"retryAfter\":3}"),
        new JsonObject("{\"kind\":\"disconnect\",\"market\":\"stocks\"}"));
    await("degraded").atMost(SOON).until(() -> mode().equals("DEGRADED"));
    assertThat(starts()).containsAll(before);
    recoversAndEqualsTruth();
    assertThat(hub.log()).contains("provider throttles");
  }

  @Test
  void shouldComeBackAfterRefusedAuthentication() throws Exception {
    hub.faults(
        new JsonObject("{\"kind\":\"refuse-auth\",\"seconds\":5}"),
        new JsonObject("{\"kind\":\"disconnect\",\"market\":\"stocks\"}"));
    await("degraded").atMost(SOON).until(() -> mode().equals("DEGRADED"));
    assertThat(health().getString("reason")).isNotEmpty();
    recoversAndEqualsTruth();
  }

  @Test
  void shouldKeepStreamingThroughMalformedFrames() throws Exception {
    hub.faults(new JsonObject(
        "{\"kind\":\"corrupt\",\"market\":\"stocks\",\"percent\":20,\"seconds\":5}"));
    recoversAndEqualsTruth();
    assertThat(hub.get("/metrics").body()).contains("violations");
  }

  @Test
  void shouldSwitchToDelayedFeedWhenThePlanHasNoRealTime() throws Exception {
    hub.faults(
        new JsonObject("{\"kind\":\"delayed-only\"}"),
        new JsonObject("{\"kind\":\"disconnect\",\"market\":\"stocks\"}"));
    await("delay is told").atMost(SOON).until(() -> health().getLong("delayMs") == 900_000);
    assertThat(client.bars("1m").size()).isGreaterThan(300);
  }

  /** Trades of the other provider become bars, its lack of seconds and what neither has are gaps; nothing is made up. */
  @Test
  @Tag(BOTH)
  void shouldShowWhatTheOtherProviderHasAndNoMore() throws Exception {
    long begin = market() / MINUTE * MINUTE;
    Oracle oracle = new Oracle(hub, "SPY", begin, true);
    JsonObject stocks = new JsonObject().put("market", "stocks");
    hub.faults(
        stocks.copy().put("kind", "refuse-auth"),
        stocks.copy().put("kind", "error").put("path", "/v2/aggs").put("status", 500),
        stocks.copy().put("kind", "disconnect"));
    await("the other provider")
        .atMost(SOON)
        .until(() -> "tradier".equals(health().getString("provider"))
            && "ws".equals(health().getString("source")));
    long moved = market() / MINUTE * MINUTE + MINUTE;
    await("bars of its trades").atMost(SOON).until(() -> finals(moved) >= 2);
    assertThat(health().getString("reason")).contains("tradier takes its place");
    judge(oracle, begin);

    JsonObject other = new JsonObject().put("market", "tradier").put("seconds", 10);
    hub.faults(
        other.copy().put("kind", "error").put("status", 500),
        other.copy().put("kind", "disconnect"));
    await("a gap").atMost(SOON).until(() -> hasOutageSince(moved));
    judge(oracle, begin);
    assertSecondsAreNotMadeUp(moved);

    hub.faults();
    recoversAndEqualsTruth();
    judge(oracle, begin);
    assertThat(oracle.barsChecked()).isGreaterThan(5);
  }

  private void judge(Oracle oracle, long begin) throws Exception {
    long heard = market();
    JsonObject chart = chart("1m");
    oracle.judge("client", chart, begin, heard, oracle.learn(begin, market()));
    assertThat(oracle.wrongs()).isEmpty();
  }

  private long finals(long from) throws Exception {
    return client.bars("1m").stream()
        .filter(bar -> bar.getLong("t") >= from && bar.getBoolean("isFinal"))
        .count();
  }

  private boolean hasOutageSince(long from) throws Exception {
    return ClientProcess.list(chart("1m").getJsonArray("intervals")).stream()
        .anyMatch(
            gap -> gap.getString("state").equals("outage") && gap.getLong("to") > from + MINUTE);
  }

  /** While nobody tells seconds there are none, and none of those that were traded is called anything but unknown. */
  private void assertSecondsAreNotMadeUp(long from) throws Exception {
    long to = market() - MINUTE;
    JsonObject chart = chart("1s");
    Set<Long> traded = ClientProcess.list(hub.exchange(
                "/sim/truth?ticker=SPY&timespan=second&multiplier=1&from=" + from + "&to=" + to)
            .getJsonArray("bars"))
        .stream()
        .map(bar -> bar.getLong("t"))
        .collect(Collectors.toSet());
    assertThat(traded).hasSizeGreaterThan(30);
    Set<Long> held = ClientProcess.list(chart.getJsonArray("bars")).stream()
        .map(bar -> bar.getLong("t"))
        .filter(start -> start >= from && start <= to)
        .collect(Collectors.toSet());
    assertThat(traded).containsAll(held);
    for (JsonObject gap : ClientProcess.list(chart.getJsonArray("intervals"))) {
      if (!Set.of("suspected", "outage").contains(gap.getString("state"))) {
        assertThat(traded)
            .as("%s", gap)
            .noneMatch(start -> start >= gap.getLong("from") && start < gap.getLong("to"));
      }
    }
  }

  private void recoversAndEqualsTruth() throws Exception {
    await("live again").atMost(SOON).until(() -> mode().equals("LIVE"));
    long now = market();
    long until = now - now % MINUTE + 2 * MINUTE;
    await("some time later").atMost(SOON).until(() -> market() > until);
    await("truth").atMost(SOON).untilAsserted(() -> {
      List<String> truth = truth(until - 15 * MINUTE, until - 2 * MINUTE);
      assertThat(held(until - 15 * MINUTE, until - 2 * MINUTE)).isEqualTo(truth);
    });
    assertThat(client.dump().getJsonObject("counters").getInteger("holes")).isZero();
  }

  private List<String> truth(long from, long to) throws Exception {
    JsonObject truth = hub.exchange(
        "/sim/truth?ticker=SPY&timespan=minute&multiplier=1&from=" + from + "&to=" + to);
    return ClientProcess.list(truth.getJsonArray("bars")).stream()
        .map(FlatFile.Row::values)
        .toList();
  }

  private List<String> held(long from, long to) throws Exception {
    return client.bars("1m").stream()
        .filter(bar -> bar.getLong("t") >= from && bar.getLong("t") <= to)
        .map(FlatFile.Row::values)
        .toList();
  }

  private Set<Long> starts() throws Exception {
    return client.bars("1m").stream().map(bar -> bar.getLong("t")).collect(Collectors.toSet());
  }

  private long market() throws Exception {
    return hub.exchange("/sim/clock").getLong("marketMillis");
  }

  private JsonObject chart(String timeframe) throws Exception {
    return client.dump().getJsonObject("charts").getJsonObject(timeframe);
  }

  private JsonObject health() throws Exception {
    return chart("1m").getJsonObject("health");
  }

  private String mode() throws Exception {
    return health().getString("mode");
  }
}
