package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

  @TempDir
  Path folder;

  @Test
  void shouldPrintEveryFinalBarOnce() throws Exception {
    int port = FreePort.find();
    Map<String, String> node = Map.of(
        "cluster.mode", "hazelcast",
        "cluster.port", Integer.toString(port),
        "cluster.members", "127.0.0.1:" + port,
        "simulator.mode", "synthetic",
        "simulator.speed", "30");
    try (HubProcess hub = HubProcess.start(folder, node);
        PrintedBars bars = PrintedBars.of(service("127.0.0.1:" + port))) {
      await("the past").atMost(SOON).until(() -> bars.lines().size() > 300);
      int past = bars.lines().size();
      await("what became final since")
          .atMost(SOON)
          .until(() -> bars.lines().size() >= past + LIVE_MINUTES);
      await("the same as REST").atMost(SOON).untilAsserted(() -> bars.assertEqualTo(hub));
      assertThat(bars.lines()).doesNotHaveDuplicates();
    }
  }

  private ProcessBuilder service(String seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            SERVICE + File.pathSeparator + HubProcess.JAR,
            "io.candlehub.examples.BarService",
            "SPY",
            "1m",
            "cluster.port=" + FreePort.find(),
            "cluster.members=" + seed)
        .redirectError(folder.resolve("service.log").toFile());
  }
}
