package io.candlehub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.gateway.WireClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionGuardTest {
  private static double connections(GatewayFixture gateway) {
    return gateway.meters().get("candlehub.gateway.connections").gauge().value();
  }

  private static double refused(GatewayFixture gateway, String reason) {
    return gateway
        .meters()
        .get("candlehub.gateway.refused")
        .tag("reason", reason)
        .counter()
        .count();
  }

  @Test
  void shouldForgetConnectionsThatEndUpgradedOnesToo() {
    try (GatewayFixture gateway = new GatewayFixture()) {
      List<WireClient> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(gateway.socketIo());
        clients.add(gateway.bridge());
      }
      assertThat(connections(gateway)).isEqualTo(10);
      clients.forEach(WireClient::close);
      await().atMost(10, TimeUnit.SECONDS).until(() -> connections(gateway) == 0);
    }
  }

  @Test
  void shouldRefuseMoreConnectionsThanAnAddressMayHave() throws IOException {
    try (GatewayFixture gateway =
        new GatewayFixture(Map.of("limits.connections-per-address", "3"))) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        open.add(connect(gateway));
      }
      await().atMost(10, TimeUnit.SECONDS).until(() -> connections(gateway) == 3);
      Answer refused = gateway.get("/health/live");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.errorCode()).isEqualTo("LIMIT_EXCEEDED");
      assertThat(refused(gateway, "connections")).isEqualTo(1);
      for (Socket socket : open) {
        socket.close();
      }
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> gateway.get("/health/live").status() == 200);
    }
  }

  @Test
  void shouldCloseConnectionsFarBeyondTheLimitWithoutAWord() throws IOException {
    try (GatewayFixture gateway =
        new GatewayFixture(Map.of("limits.connections-per-address", "2"))) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        open.add(connect(gateway));
      }
      await().atMost(10, TimeUnit.SECONDS).until(() -> connections(gateway) == 4);
      try (Socket fifth = connect(gateway)) {
        assertThat(fifth.getInputStream().read()).isEqualTo(-1);
      }
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void shouldRefuseMoreSessionsThanAnAddressMayHave() {
    try (GatewayFixture gateway =
        new GatewayFixture(Map.of("limits.connections-per-address", "4"))) {
      List<Answer> opened = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        opened.add(gateway.get("/socket.io/?EIO=4&transport=polling"));
        assertThat(opened.get(i).status()).isEqualTo(200);
      }
      Answer refused = gateway.get("/socket.io/?EIO=4&transport=polling");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().getString("message"))
          .isEqualTo("too many sessions from this address");
      assertThat(gateway.closeCode("/eventbus/websocket", Map.of())).isEqualTo(1008);
      opened.forEach(gateway::leave);
    }
  }

  @Test
  void shouldRefuseMoreRequestsThanAnAddressMaySend() {
    try (GatewayFixture gateway = new GatewayFixture(Map.of("limits.requests-per-second", "2"))) {
      Answer answer = gateway.get("/health/live");
      int good = 0;
      while (answer.status() == 200) {
        good++;
        answer = gateway.get("/health/live");
      }
      assertThat(good).isBetween(10, 200);
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.errorCode()).isEqualTo("LIMIT_EXCEEDED");
      assertThat(answer.json().getJsonObject("error").getBoolean("retryable")).isTrue();
      assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
    }
  }

  @Test
  void shouldEndAConnectionWhoseRequestTricklesIn() throws IOException {
    try (GatewayFixture gateway = new GatewayFixture();
        Socket slow = connect(gateway)) {
      slow.setSoTimeout(1_000);
      slow.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-".getBytes(StandardCharsets.US_ASCII));
      assertThat(readsUntilClosed(slow)).isEmpty();
      assertThat(refused(gateway, "slow-request")).isEqualTo(1);
    }
  }

  @Test
  void shouldEndAConnectionWhoseBodyTricklesIn() throws IOException {
    try (GatewayFixture gateway = new GatewayFixture();
        Socket slow = connect(gateway)) {
      String head = "POST /api/market/aggs/warm HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
          + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
      slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      slow.setSoTimeout(1_000);
      assertThat(readsUntilClosed(slow)).isEmpty();
      assertThat(refused(gateway, "slow-body")).isEqualTo(1);
    }
  }

  /** Sends a byte whenever a second went by without an answer, until the connection is closed. */
  private static String readsUntilClosed(Socket slow) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = slow.getInputStream();
    while (true) {
      try {
        int next = in.read();
        if (next < 0) {
          return read.toString();
        }
        read.append((char) next);
      } catch (SocketTimeoutException silent) {
        try {
          slow.getOutputStream().write('x');
        } catch (IOException closed) {
          return read.toString();
        }
      }
    }
  }

  @Test
  void shouldRefuseMessagesBeyondAClientsAllowanceAndEndAFlood() {
    try (GatewayFixture gateway = new GatewayFixture(Map.of("limits.messages-per-second", "1"))) {
      WireClient client = gateway.socketIo();
      client.flood("427[\"chart:unfocus\",{\"chartId\":\"a\"}]", 31);
      client.emit(8, "chart:unfocus", new JsonObject().put("chartId", "a"));
      JsonObject refusal = client.ack(8);
      assertThat(refusal.getBoolean("ok")).isFalse();
      assertThat(refusal.getJsonObject("error").getString("code")).isEqualTo("LIMIT_EXCEEDED");
      assertThat(refusal.getJsonObject("error").getBoolean("retryable")).isTrue();
      client.flood("42[\"chart:unfocus\",{\"chartId\":\"a\"}]", 1_200);
      client.expectEnd();
      WireClient bridge = gateway.bridge();
      bridge.flood("{\"type\":\"nothing\",\"address\":\"x\"}", 1_200);
      assertThat(bridge.expect("{\"type\":\"err\",\"body\":\"too_many")).isNotEmpty();
      bridge.expectEnd();
    }
  }

  private static Socket connect(GatewayFixture gateway) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
  }
}
