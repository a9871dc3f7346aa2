package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of every protocol subscribe, are dropped and resume at random while the market runs twenty times as fast as
 * life. Whatever happened to them, they hold what everybody else holds, and got there by what they missed alone.
 */
@Timeout(3_600)
class ResumeIT {
  private static final int CYCLES = Integer.getInteger("candlehub.resume.cycles", 300);
  private static final int CLIENTS_PER_PROTOCOL = 4;

  @TempDir
  Path folder;

  @Test
  void shouldContinueEveryClientWhereItWas() throws Exception {
    try (HubProcess hub = HubProcess.start(folder, Map.of("simulator.speed", "20"))) {
      HttpClient http = HttpClient.newHttpClient();
      Map<String, ResumeClient.Connector> protocols = Map.of(
          "Socket.IO", () -> SocketIoLink.overWebSocket(http, hub.url()),
          "polling", () -> SocketIoLink.overPolling(hub.url()),
          "bridge", () -> BridgeLink.open(http, hub.url()));
      Map<String, Long> fingerprints = new ConcurrentHashMap<>();
      Map<String, ResumeBook> books = protocols.keySet().stream()
          .collect(Collectors.toMap(name -> name, name -> new ResumeBook(fingerprints)));
      List<ResumeClient> clients = run(protocols, books);
      long restCalls = restCalls(hub);
      books.forEach((protocol, book) -> System.out.println(
          "resume over " + protocol + ": " + book.summary() + ", REST calls " + restCalls));
      hub.setClock(new JsonObject().put("paused", true));
      await("the canonical series")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() -> {
            for (ResumeClient client : clients) {
              assertThat(client.finish().bars())
                  .as(client.stream())
                  .isEqualTo(client.canonical().bars());
            }
          });
      books.values().forEach(ResumeIT::judge);
      assertThat(restCalls).isZero();
      assertThat(hub.log()).doesNotContain("Exception");
    }
  }

  private static List<ResumeClient> run(
      Map<String, ResumeClient.Connector> protocols, Map<String, ResumeBook> books)
      throws Exception {
    int clientCount = CLIENTS_PER_PROTOCOL * protocols.size();
    ExecutorService threads = Executors.newFixedThreadPool(clientCount);
    try {
      List<ResumeClient> clients = new ArrayList<>();
      for (Map.Entry<String, ResumeClient.Connector> protocol : protocols.entrySet()) {
        for (int i = 0; i < CLIENTS_PER_PROTOCOL; i++) {
          clients.add(new ResumeClient(
              protocol.getValue(),
              books.get(protocol.getKey()),
              new Random(clients.size()),
              (CYCLES + clientCount - 1) / clientCount));
        }
      }
      for (Future<ResumeClient> ended : threads.invokeAll(clients)) {
        assertThat(ended.get()).isNotNull();
      }
      return clients;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void judge(ResumeBook book) {
    assertThat(book.faults()).isEmpty();
    assertThat(book.duplicates()).isZero();
    assertThat(book.losses()).isZero();
    assertThat(book.compared()).isPositive();
    assertThat(book.deltaPercent()).isGreaterThanOrEqualTo(99);
    assertThat(book.medianDeltaPercent()).isLessThanOrEqualTo(10);
  }

  /** Counts what anybody asked of the data routes. */
  private static long restCalls(HubProcess hub) throws Exception {
    return hub.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("candlehub_gateway_rest_requests_seconds_count"))
        .filter(line -> line.contains("/api/market/"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
