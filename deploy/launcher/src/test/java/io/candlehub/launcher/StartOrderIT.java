package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node makes sure of before others see it, and what becomes of it when its simulator begins anew. */
@Timeout(180)
class StartOrderIT {
  private static final Path EXCHANGE = Path.of(System.getProperty(
      "candlehub.test.simulator", "../simulator/target/candlehub-simulator.jar"));
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int WRONG_SETTING = 2;
  private static final int MARKET_OVER = 3;

  @TempDir
  Path folder;

  @Test
  void shouldNotBeSeenByOthersBeforeStoreAndPortsAreRight() throws Exception {
    int market = FreePort.find();
    int port = FreePort.find();
    Map<String, String> settings = new HashMap<>(onExchange("http://127.0.0.1:" + market));
    settings.put("cluster.mode", "hazelcast");
    settings.put("cluster.name", "order-" + port);
    settings.put("cluster.members", "127.0.0.1:" + port);
    settings.put("cluster.expected-hubs", "1");
    settings.put("cluster.port", Integer.toString(port));
    try (ServingProcess exchange = exchange(market);
        HubProcess running = HubProcess.start(folder, settings)) {
      assertThat(exchange.isAlive()).isTrue();
      settings.put("cluster.port", "0");
      String file = Files.createFile(folder.resolve("no-folder")).toString();
      String taken = Integer.toString(URI.create(running.url()).getPort());

      assertThat(refusal(settings, Map.of("store.data-dir", file), WRONG_SETTING))
          .contains("store.data-dir");
      assertThat(refusal(settings, Map.of("http.port", taken), WRONG_SETTING))
          .contains("http.port", taken);
      assertThat(running.log()).contains("[now: 1,").doesNotContain("[now: 2,");

      assertThat(refusal(settings, Map.of("cluster.expected-hubs", "3"), WRONG_SETTING))
          .contains("cluster.expected-hubs", "as on the node at");
      assertRefusedOnAnotherRun(settings);
      await("they are gone")
          .atMost(SOON)
          .until(() -> running.get("/metrics").body().contains("candlehub_cluster_members 1.0"));
    }
  }

  private void assertRefusedOnAnotherRun(Map<String, String> settings)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    try (ServingProcess another = exchange(port)) {
      assertThat(another.isAlive()).isTrue();
      assertThat(refusal(settings, onExchange("http://127.0.0.1:" + port), MARKET_OVER))
          .contains("another run of the simulator", "as on the node at");
    }
  }

  @Test
  void shouldWaitForTheSimulatorAndEndWhenItBeginsAnew() throws Exception {
    int port = FreePort.find();
    Map<String, String> settings = new HashMap<>(onExchange("http://127.0.0.1:" + port));
    settings.put("store.data-dir", folder.resolve("data").toString());
    settings.put("http.port", "0");
    try (ServingProcess node = start(HubProcess.JAR, settings, "node")) {
      await("it waits").atMost(SOON).until(() -> node.log().contains("waiting for the market"));
      try (ServingProcess exchange = exchange(port)) {
        assertThat(exchange.isAlive()).isTrue();
        assertThat(node.await("candlehub ready ", SOON)).startsWith("http://127.0.0.1:");
      }
      try (ServingProcess another = exchange(port)) {
        assertThat(node.awaitEnd()).as(node.log()).isEqualTo(MARKET_OVER);
        assertThat(another.isAlive()).isTrue();
      }
      assertThat(node.log())
          .containsOnlyOnce("waiting for the market clock")
          .containsOnlyOnce("ERROR SimulatorClock - the simulator was restarted or set back")
          .contains("node stopped")
          .doesNotContain("\tat ");
    }
  }

  private ServingProcess exchange(int port) throws IOException, InterruptedException {
    Map<String, String> settings = Map.of("simulator.port", Integer.toString(port));
    ServingProcess exchange = start(EXCHANGE, settings, "exchange");
    exchange.await("simulator ready ", SOON);
    return exchange;
  }

  private ServingProcess start(Path jar, Map<String, String> settings, String name)
      throws IOException {
    return ServingProcess.start(
        ServingProcess.command(ServingProcess.SHORT_LIVED, jar, settings),
        Map.of(),
        folder.resolve(name + ".log"));
  }

  private static Map<String, String> onExchange(String url) {
    return Map.of(
        "market.clock",
        url,
        "massive.api-key",
        "simulator",
        "massive.rest-url",
        url,
        "massive.ws-url",
        url.replaceFirst("http", "ws"));
  }

  /** Starts a node that cannot start as it is set, and returns the one line in which it says why. */
  private String refusal(Map<String, String> settings, Map<String, String> wrong, int exitCode)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("http.port", "0");
    all.put("store.data-dir", folder.resolve("second").toString());
    all.putAll(wrong);
    String name = "refused-" + wrong.hashCode();
    try (ServingProcess node = start(HubProcess.JAR, all, name)) {
      assertThat(node.awaitEnd()).as(node.log()).isEqualTo(exitCode);
      assertThat(node.log()).doesNotContain("\tat ");
      List<String> lines =
          node.log().lines().filter(line -> line.startsWith("candlehub:")).toList();
      assertThat(lines).hasSize(1);
      return lines.get(0);
    }
  }
}
