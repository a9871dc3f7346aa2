package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.candlehub.gateway.FakeMarket;
import io.candlehub.gateway.GatewayFixture;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official clients get everything besides bars; they are those of the launcher's tests. */
@Timeout(90)
class OfficialClientTest {
  private static final Path CLIENTS = Path.of("..", "deploy", "launcher", "src", "test", "clients");
  private static final String DATE = FakeMarket.DATES.get(0);
  private static final String CALL = FakeMarket.option("SPY", DATE, 'C', 650);

  @ParameterizedTest
  @CsvSource({"socketio, 7", "bridge, 5"})
  void shouldServeEveryKindOfMessage(String protocol, int kinds) throws Exception {
    assumeTrue(
        Files.isDirectory(CLIENTS.resolve("node_modules")),
        "skipped: the official clients need npm (deploy/test installs)");
    try (GatewayFixture gateway = new GatewayFixture()) {
      Process client = client(gateway.port(), protocol);
      BufferedReader lines = client.inputReader(StandardCharsets.UTF_8);
      int[] round = {0};
      await().atMost(60, TimeUnit.SECONDS).until(() -> {
        play(gateway, ++round[0]);
        return lines.ready();
      });
      JsonObject result = new JsonObject(lines.readLine());
      assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(result.getJsonObject("seen").fieldNames())
          .as(result.encode())
          .hasSize(kinds)
          .doesNotContain("error");
      assertThat(result.getJsonObject("acks").stream())
          .allMatch(ack -> ((JsonObject) ack.getValue()).getBoolean("ok"));
    }
  }

  private static Process client(int port, String protocol) throws IOException {
    String url = "http://127.0.0.1:" + port;
    return new ProcessBuilder(List.of("node", "options.mjs", url, protocol, "SPY", DATE))
        .directory(CLIENTS.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void play(GatewayFixture gateway, int round) {
    gateway.hub().quote("SPY", round);
    gateway.market().trade("SPY", round);
    gateway.market().price("SPY", round);
    gateway.market().flow(CALL);
    gateway
        .market()
        .publish("SPY", DATE, List.of(FakeMarket.leg(CALL, round, true)), List.of(CALL), List.of());
  }
}
