package io.candlehub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.candlehub.model.SettingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class GatewayVerticleTest {
  @Test
  void shouldNameATakenPort() {
    try (GatewayFixture gateway = new GatewayFixture()) {
      GatewayVerticle second = new GatewayVerticle(
          GatewayConfig.from(Map.of("http.port", Integer.toString(gateway.port()))),
          () -> "",
          new SimpleMeterRegistry());
      assertThatThrownBy(() -> gateway
              .vertx()
              .deployVerticle(second)
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SettingException.class)
          .hasMessageContaining("http.port")
          .hasMessageContaining("a free port");
    }
  }

  @Test
  void shouldFindOutBeforehandThatAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (String key : List.of("http.port", "management.port")) {
        Map<String, String> values = new HashMap<>(Map.of("http.port", "0"));
        values.put(key, port);
        GatewayConfig config = GatewayConfig.from(values);
        assertThatThrownBy(config::requireFreePorts)
            .isInstanceOf(SettingException.class)
            .hasMessageContaining(key + " = '" + port);
      }
    }
    GatewayConfig.from(Map.of("http.port", "0", "management.port", "0")).requireFreePorts();
  }

  @Test
  void shouldNotServeClientsAndManagementOnOnePort() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String port = Integer.toString(free);
    GatewayConfig both = GatewayConfig.from(Map.of("http.port", port, "management.port", port));

    assertThatThrownBy(both::requireFreePorts)
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("management.port = '" + port);
  }

  @ParameterizedTest
  @CsvSource({
    "http.host, 0.0.0.0",
    "http.host, 192.0.2.1",
    "http.host, hub.example",
    "http.port, 70000",
    "http.allowed-hosts, http://x",
    "http.allowed-origins, *",
    "auth.mode, jwt",
    "limits.charts-per-client, 0",
    "limits.coalesce-millis, -1",
  })
  void shouldRefuseSettingsThatAreNotAllowed(String key, String value) {
    assertThatThrownBy(() -> GatewayConfig.from(Map.of(key, value)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "127.0.0.9", "localhost", "::1", "[::1]"})
  void shouldBindTheLoopbackWithoutAuthentication(String host) {
    assertThat(GatewayConfig.from(Map.of("http.host", host)).host()).isEqualTo(host);
  }

  @Test
  void shouldTellClientsToGoElsewhereWhenItStops() {
    GatewayFixture gateway = new GatewayFixture();
    gateway.hub().series(Charts.SPY).put(Charts.bar(0, 9));
    WireClient live = gateway.socketIo();
    live.emit(1, "chart:focus", new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
    live.ack(1);
    WireClient bridge = gateway.bridge();
    bridge.send(new JsonObject().put("type", "register").put("address", "md.status"));
    bridge.json();
    gateway.awaitDemand("md.chart.1m.SPY");
    for (String id : gateway.vertx().deploymentIDs()) {
      GatewayFixture.await(gateway.vertx().undeploy(id));
    }
    assertThat(live.closeCode()).isEqualTo(1001);
    assertThat(bridge.closeCode()).isEqualTo(1001);
    gateway.awaitDemand();
    gateway.close();
  }

  @Test
  void shouldDropAStreamAfterItsLastClient() {
    try (GatewayFixture gateway = new GatewayFixture()) {
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 9));
      WireClient live = gateway.socketIo();
      live.emit(1, "chart:focus", new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
      live.ack(1);
      live.close();
      await().atMost(10, TimeUnit.SECONDS).until(() -> gateway.hub().demand().isEmpty());
      assertThat(gateway
              .meters()
              .get("candlehub.gateway.streams")
              .tag("kind", "chart")
              .gauge()
              .value())
          .isZero();
    }
  }
}
