package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider misbehaves while a client watches: the chart keeps its bars, health tells the truth, the stream comes
 * back by itself, and what was missed is filled, so that the client ends with what truly happened.
 */
@Timeout(180)
class FaultIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir
  Path folder;

  private HubProcess hub;
  private ClientProcess client;

  @BeforeAll
  static void needClients() {
    NodeClient.assumeInstalled();
  }

  @BeforeEach
  void connectClient() throws Exception {
    hub = HubProcess.start(folder, Map.of("simulator.speed", "20", "massive.refused-retry", "2"));
    client = ClientProcess.socketIo(hub.url(), "SPY", "1m");
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

  private void recoversAndEqualsTruth() throws Exception {
    await("live again").atMost(SOON).until(() -> mode().equals("LIVE"));
    long now = hub.exchange("/sim/clock").getLong("marketMillis");
    long until = now - now % 60_000 + 120_000;
    await("some time later")
        .atMost(SOON)
        .until(() -> hub.exchange("/sim/clock").getLong("marketMillis") > until);
    await("truth").atMost(SOON).untilAsserted(() -> {
      List<String> truth = truth(until - 900_000, until - 120_000);
      assertThat(held(until - 900_000, until - 120_000)).isEqualTo(truth);
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

  private JsonObject health() throws Exception {
    return client.dump().getJsonObject("charts").getJsonObject("1m").getJsonObject("health");
  }

  private String mode() throws Exception {
    return health().getString("mode");
  }
}
