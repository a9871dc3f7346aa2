package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The example of a subscriber of Redis, started as its reader starts it; the server is restarted meanwhile. */
@Timeout(180)
class RedisSubscriberIT {
  private static final Path EXAMPLE = Path.of("..", "..", "docs", "examples", "redis-subscriber");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LIVE_MINUTES = 4;

  @TempDir
  Path folder;

  @Test
  void shouldPrintEveryFinalBarOnceThoughRedisIsRestarted() throws Exception {
    assumeTrue(
        Files.isDirectory(EXAMPLE.resolve("node_modules")),
        "skipped: the client of Redis needs npm (deploy/test installs)");
    int port = FreePort.find();
    String uri = "redis://127.0.0.1:" + port;
    RedisServer redis = server(port);
    redis.start();
    try (HubProcess hub = HubProcess.start(
            folder, Map.of("fanout.mode", "redis", "redis.uri", uri, "simulator.speed", "30"));
        PrintedBars bars = PrintedBars.of(
            new ProcessBuilder("node", "follow-redis.mjs", "SPY", "1m", hub.url(), uri)
                .directory(EXAMPLE.toFile())
                .redirectError(folder.resolve("subscriber.log").toFile()))) {
      await("the past").atMost(SOON).until(() -> bars.lines().size() > 300);
      Heard heard = new Heard(bars, folder.resolve("subscriber.log"));
      await("what Redis brings").atMost(SOON).until(heard::enough);
      redis.stop();
      redis.start();
      heard.begin();
      await("what Redis brings after its restart").atMost(SOON).until(heard::enough);
      await("the same as REST").atMost(SOON).untilAsserted(() -> bars.assertEqualTo(hub));
      assertThat(bars.lines()).doesNotHaveDuplicates();
    } finally {
      redis.stop();
    }
  }

  /** Bars that were printed while the chart was not read by REST, so that Redis must have brought them. */
  private static final class Heard {
    private final PrintedBars bars;
    private final Path log;
    private long reads = -1;
    private int before;

    Heard(PrintedBars bars, Path log) {
      this.bars = bars;
      this.log = log;
    }

    void begin() {
      reads = -1;
    }

    boolean enough() throws IOException {
      long now;
      try (Stream<String> lines = Files.lines(log)) {
        now = lines.filter(line -> line.equals("chart read")).count();
      }
      int printed = bars.lines().size();
      if (now != reads) {
        reads = now;
        before = printed;
      }
      return printed >= before + LIVE_MINUTES;
    }
  }

  private static RedisServer server(int port) throws IOException {
    return RedisServer.newRedisServer()
        .port(port)
        .bind("127.0.0.1")
        .setting("save \"\"")
        .build();
  }
}
