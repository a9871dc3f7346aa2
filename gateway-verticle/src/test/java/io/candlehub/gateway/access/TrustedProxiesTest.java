package io.candlehub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.SettingException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TrustedProxiesTest {
  private static final String BRIDGE = "/eventbus/websocket";

  private final TrustedProxies proxies =
      TrustedProxies.of(List.of("127.0.0.1", "10.1.0.0/16", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | 203.0.113.7            | 203.0.113.7",
        "10.1.2.3  | 203.0.113.7            | 203.0.113.7",
        "fd00::1   | 2001:db8::7            | 2001:db8:0:0:0:0:0:7",
        "10.2.0.1  | 203.0.113.7            | 10.2.0.1",
        "127.0.0.1 | 1.1.1.1, 203.0.113.7   | 203.0.113.7",
        "127.0.0.1 | 203.0.113.7, 10.1.0.9  | 203.0.113.7",
        "127.0.0.1 | 1.1.1.1, junk          | 127.0.0.1",
        "127.0.0.1 | 1.1.1.1, junk,10.1.0.9 | 10.1.0.9",
        "127.0.0.1 | evil.example           | 127.0.0.1",
        "127.0.0.1 | 10.1.0.8,10.1.0.9      | 10.1.0.8",
      })
  void shouldTakeTheWordOfItsProxiesOnly(String peer, String forwarded, String client) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", forwarded);
    assertThat(proxies.client(peer, headers)).isEqualTo(client);
    assertThat(TrustedProxies.NONE.client(peer, headers)).isEqualTo(peer);
  }

  @Test
  void shouldReadManyHeadersAsOneList() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap()
        .add("X-Forwarded-For", "203.0.113.7")
        .add("X-Forwarded-For", "10.1.0.9");
    assertThat(proxies.client("127.0.0.1", headers)).isEqualTo("203.0.113.7");
    assertThat(proxies.client("127.0.0.1", MultiMap.caseInsensitiveMultiMap()))
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/0", "10.0.0", "::1/x", "1/1"})
  void shouldRefuseWhatIsNoAddress(String entry) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(entry)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("http.trusted-proxies");
  }

  @Test
  void shouldGiveEachClientBehindAProxyItsOwnAllowance() {
    Map<String, String> settings = Map.of(
        "http.trusted-proxies", "127.0.0.1",
        "limits.requests-per-second", "1",
        "limits.connections-per-address", "1");
    try (GatewayFixture gateway = new GatewayFixture(settings)) {
      assertThat(untilRefused(gateway, "203.0.113.7").errorCode()).isEqualTo("LIMIT_EXCEEDED");
      assertThat(get(gateway, "203.0.113.8").status()).isEqualTo(200);
      assertThat(session(gateway, "203.0.113.8").json().getString("type")).isEqualTo("rec");
      assertThat(session(gateway, "203.0.113.9").json().getString("type")).isEqualTo("rec");
      assertThat(gateway.closeCode(BRIDGE, Map.of("X-Forwarded-For", "203.0.113.9")))
          .isEqualTo(1008);
    }
  }

  @Test
  void shouldNotListenToAnybodyElse() {
    try (GatewayFixture gateway = new GatewayFixture(Map.of("limits.requests-per-second", "1"))) {
      untilRefused(gateway, "203.0.113.7");
      assertThat(get(gateway, "203.0.113.8").errorCode()).isEqualTo("LIMIT_EXCEEDED");
    }
  }

  private static WireClient session(GatewayFixture gateway, String client) {
    WireClient session =
        GatewayFixture.await(gateway.webSocket(BRIDGE, Map.of("X-Forwarded-For", client)));
    session.send("{\"type\":\"register\",\"address\":\"md.status\"}");
    return session;
  }

  private static Answer untilRefused(GatewayFixture gateway, String client) {
    Answer last = get(gateway, client);
    for (int i = 0; i < 10 && last.status() == 200; i++) {
      last = get(gateway, client);
    }
    return last;
  }

  private static Answer get(GatewayFixture gateway, String client) {
    return gateway.send(
        HttpMethod.GET, "/api/market/status", Map.of("X-Forwarded-For", client), Buffer.buffer());
  }
}
