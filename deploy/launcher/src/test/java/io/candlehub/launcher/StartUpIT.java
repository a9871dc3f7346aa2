package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping as an operator sees it. */
@Timeout(180)
class StartUpIT {
  @TempDir
  Path folder;

  @Test
  void shouldServeTheMinuteInProgressAndDrainOnTermination() throws Exception {
    try (HubProcess hub = HubProcess.start(folder, Map.of())) {
      JsonObject aggs = hub.json("/api/market/aggs?ticker=SPY&timeframe=1m");
      long marketMillis = hub.exchange("/sim/clock").getLong("marketMillis");
      JsonArray bars = aggs.getJsonArray("bars");
      JsonObject last = bars.getJsonObject(bars.size() - 1);

      assertThat(bars.size()).isGreaterThan(300);
      assertThat(last.getLong("t")).isBetween(marketMillis - 180_000, marketMillis);
      assertThat(last.getString("state")).isEqualTo("live");
      assertThat(aggs.getJsonObject("stream").getString("epoch")).isNotEmpty();
      assertThat(hub.json("/api/market/status").getBoolean("simulated")).isTrue();
      assertThat(hub.terminate()).as("exit code; log: %s", hub.log()).isZero();
      assertThat(hub.log()).doesNotContain("Exception");
    }
  }

  @Test
  void shouldRefuseUnknownKeyInOneLine() throws Exception {
    assertThat(refusal(Map.of("http.prt", "1")))
        .contains("http.prt")
        .contains("did you mean http.port?");
  }

  @Test
  void shouldRefuseTakenPortInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(Map.of("http.port", port))).contains("http.port").contains(port);
    }
  }

  @Test
  void shouldRefuseUnreadableReplayFolderInOneLine() throws Exception {
    String missing = folder.resolve("nowhere").toString();
    assertThat(refusal(Map.of("simulator.mode", "replay", "simulator.replay-path", missing)))
        .contains("simulator.replay-path")
        .contains(missing);
  }

  @Test
  void shouldPrintEffectiveSettingsWithSecretsMasked() throws Exception {
    Process process = new ProcessBuilder(List.of(
            "java",
            "-jar",
            HubProcess.JAR.toString(),
            "--check-config",
            "--set",
            "massive.api-key=topsecret"))
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(output)
        .contains("http.port = 8080")
        .contains("massive.api-key = ***")
        .doesNotContain("topsecret");
  }

  /** Starts the program with a wrong setting and returns the one line it prints. */
  private String refusal(Map<String, String> wrong) throws IOException, InterruptedException {
    Map<String, String> settings =
        new TreeMap<>(Map.of("http.port", "0", "store.data-dir", folder + "/data"));
    settings.putAll(wrong);
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process = new ProcessBuilder(HubProcess.command(settings))
        .redirectError(errors.toFile())
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(errors).stream()
        .filter(line -> line.startsWith("candlehub:"))
        .toList();
    assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(2);
    assertThat(lines).hasSize(1);
    assertThat(Files.readString(errors)).doesNotContain("\tat ");
    return lines.get(0);
  }
}
