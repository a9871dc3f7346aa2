package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of a service that joins the cluster, started as its reader starts it, beside a node of the program. */
@Timeout(180)
class BarServiceIT {
  private static final Path SERVICE =
      Path.of("..", "..", "docs", "examples", "bar-service", "target", "bar-service.jar");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LIVE_MINUTES = 5;
  private static final int COMPARED = 30;

  @TempDir
  Path folder;

  @Test
  void shouldPrintEveryFinalBarOnce() throws Exception {
    String seed = "127.0.0.1:" + FreePort.find();
    Map<String, String> node = Map.of(
        "cluster.mode", "hazelcast",
        "cluster.port", seed.substring(seed.indexOf(':') + 1),
        "cluster.members", seed,
        "simulator.mode", "synthetic",
        "simulator.speed", "30");
    try (HubProcess hub = HubProcess.start(folder, node)) {
      Process service = start(seed);
      List<String> lines = new CopyOnWriteArrayList<>();
      Thread reader = new Thread(() -> readInto(service, lines), "service");
      reader.start();
      try {
        await("the past").atMost(SOON).until(() -> lines.size() > 300);
        int past = lines.size();
        await("what became final since")
            .atMost(SOON)
            .until(() -> lines.size() >= past + LIVE_MINUTES);
        await("the same as REST").atMost(SOON).untilAsserted(() -> {
          List<String> newest = newest(lines);
          assertThat(newest)
              .isEqualTo(served(hub, millis(newest.get(0)), millis(newest.get(COMPARED - 1))));
        });
      } finally {
        service.destroy();
      }
      assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
      reader.join();
      assertThat(lines).doesNotHaveDuplicates();
    }
  }

  /** Returns the last line of each of the newest bars, for a revision is printed too. */
  private static List<String> newest(List<String> lines) {
    NavigableMap<Long, String> bars = new TreeMap<>();
    lines.forEach(line -> bars.put(millis(line), line));
    return List.copyOf(bars.values()).subList(bars.size() - COMPARED, bars.size());
  }

  private Process start(String seed) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            SERVICE + File.pathSeparator + HubProcess.JAR,
            "io.candlehub.examples.BarService",
            "SPY",
            "1m",
            "cluster.port=" + FreePort.find(),
            "cluster.members=" + seed)
        .redirectError(folder.resolve("service.log").toFile())
        .start();
  }

  private static void readInto(Process service, List<String> lines) {
    try (BufferedReader output = service.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("could not read: " + e.getMessage());
    }
  }

  private static long millis(String line) {
    return Instant.parse(line.substring(0, line.indexOf(' '))).toEpochMilli();
  }

  private static List<String> served(HubProcess hub, long from, long to) throws Exception {
    JsonObject chart =
        hub.json("/api/market/aggs?ticker=SPY&timeframe=1m&from=" + from + "&to=" + to);
    return ClientProcess.list(chart.getJsonArray("bars")).stream()
        .map(BarServiceIT::line)
        .toList();
  }

  private static String line(JsonObject bar) {
    return Instant.ofEpochMilli(bar.getLong("t"))
        + " SPY"
        + " o " + bar.getDouble("o")
        + " h " + bar.getDouble("h")
        + " l " + bar.getDouble("l")
        + " c " + bar.getDouble("c")
        + " v " + bar.getDouble("v")
        + " " + bar.getString("state");
  }
}
