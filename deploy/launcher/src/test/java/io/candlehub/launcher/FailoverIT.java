package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first provider's stream stays away while a client watches: the other one carries on and is named, and the first
 * one has the stream back when it is stable. The epoch stays, nothing comes twice and nothing is missing in the end.
 */
@Timeout(240)
class FailoverIT {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LATER = Duration.ofMinutes(2);

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
    hub = HubProcess.start(
        folder, Map.of("simulator.speed", "20", "providers.order", "massive,tradier"));
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
  void shouldCarryOnWithTheOtherProviderAndReturn() throws Exception {
    String epoch = chart().getJsonObject("stream").getString("epoch");
    assertThat(health().getString("provider")).isEqualTo("massive");
    hub.faults(new JsonObject("{\"kind\":\"disconnect\",\"market\":\"stocks\",\"seconds\":40}"));
    await("the other provider")
        .atMost(SOON)
        .until(() -> health().getString("reason", "").contains("tradier takes its place"));
    assertThat(mode()).isEqualTo("DEGRADED");
    assertThat(health().getString("provider")).isEqualTo("tradier");
    assertThat(health().getString("source")).isEqualTo("ws");
    JsonObject page = hub.json("/health/feeds");
    assertThat(page.getString("status")).isEqualTo("degraded");
    assertThat(ClientProcess.list(page.getJsonArray("providers")))
        .extracting(each -> each.getString("id"))
        .containsExactly("massive", "tradier");
    long moved = hub.exchange("/sim/clock").getLong("marketMillis");
    await("bars of its trades")
        .atMost(SOON)
        .until(() -> client.bars("1m").stream()
            .anyMatch(bar -> bar.getLong("t") > moved && bar.getString("state").equals("final")));

    await("the first provider again")
        .atMost(LATER)
        .until(() -> mode().equals("LIVE") && health().getString("provider").equals("massive"));
    long back = hub.exchange("/sim/clock").getLong("marketMillis");
    long from = moved - moved % 60_000 - 300_000;
    long to = back - back % 60_000 - 60_000;
    await("truth")
        .atMost(LATER)
        .untilAsserted(() -> assertThat(held(from, to)).isEqualTo(truth(from, to)));
    assertThat(chart().getJsonObject("stream").getString("epoch")).isEqualTo(epoch);
    JsonObject counters = client.dump().getJsonObject("counters");
    assertThat(counters.getInteger("holes")).isZero();
    assertThat(counters.getInteger("duplicates")).isZero();
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

  private JsonObject chart() throws Exception {
    return client.dump().getJsonObject("charts").getJsonObject("1m");
  }

  private JsonObject health() throws Exception {
    return chart().getJsonObject("health");
  }

  private String mode() throws Exception {
    return health().getString("mode");
  }
}
