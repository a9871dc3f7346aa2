package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The running program serves its streams to the official clients over every transport that they have in Node, and pings them
 * in time whatever else it sends.
 */
@Timeout(180)
class OfficialClientIT {
  private static final int PING_INTERVAL_SECONDS = 2;
  private static final int PING_TIMEOUT_SECONDS = 3;

  /** More bytes waiting than this, the program's default, and a client counts as blocked. */
  private static final int QUEUE_BYTES = 32_768;

  @TempDir
  static Path folder;

  private static HubProcess hub;

  @BeforeAll
  static void start() throws Exception {
    NodeClient.assumeInstalled();
    hub = HubProcess.start(
        folder,
        Map.of(
            "simulator.speed",
            "10",
            "socketio.ping-interval-seconds",
            Integer.toString(PING_INTERVAL_SECONDS),
            "socketio.ping-timeout-seconds",
            Integer.toString(PING_TIMEOUT_SECONDS)));
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socketio | websocket | websocket",
        "socketio | polling | polling",
        "socketio | polling,websocket | websocket",
        "bridge | websocket | websocket",
        "bridge | xhr-streaming | xhr-streaming",
        "bridge | xhr-polling | xhr-polling",
        "bridge | eventsource | eventsource"
      })
  void shouldServeChartAndQuote(String protocol, String transports, String endsOn)
      throws Exception {
    JsonObject seen = NodeClient.follow(hub.url(), protocol, transports, Map.of());
    NodeClient.assertServed(seen, endsOn);
    assertThat(seen.getJsonObject("counters").getInteger("snapshots")).isEqualTo(1);
    assertThat(seen.getJsonObject("counters").getInteger("holes")).isZero();
    assertThat(seen.getJsonObject("counters").getInteger("duplicates")).isZero();
    assertThat(seen.getJsonObject("acks").encode()).contains("INVALID_PARAMETER");
  }

  /** The official client waits for pings alone: without one for interval and timeout it leaves. */
  @Test
  void shouldPingTheSlowReaderOfBigChains() throws Exception {
    JsonArray dates = hub.json("/api/market/options/expirations/SPY").getJsonArray("expirations");
    int patience = PING_INTERVAL_SECONDS + PING_TIMEOUT_SECONDS;
    int seconds = 2 * patience - 1;
    JsonObject seen = NodeClient.run(
        Map.of(),
        "slow-chain.mjs",
        List.of(
            hub.url(), "SPY", Integer.toString(seconds), dates.getString(0), dates.getString(1)));
    String line = seen.encode();

    assertThat(seen.getBoolean("connected", false)).as(line).isTrue();
    assertThat(seen.getInteger("pings")).as(line).isBetween(3, seconds / PING_INTERVAL_SECONDS + 1);
    assertThat(seen.getInteger("longestWithoutPing")).as(line).isLessThan(1_000 * patience);
    assertThat(seen.getInteger("largest")).as(line).isGreaterThan(2 * QUEUE_BYTES);
    assertThat(seen.getInteger("snapshots")).as(line).isGreaterThan(2);
  }
}
