package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EngineHandshakeTest {

  private static final Map<String, String> GOOD = Map.of("EIO", "4", "transport", "websocket");

  @Test
  void shouldAdmitWebSocketUpgrade() {
    assertThat(request(HttpMethod.GET, true, GOOD, "http://a").refusal(sid -> Optional.empty()))
        .isEmpty();
  }

  @Test
  void shouldRefuseInTheOrderOfTheReference() {
    assertRefused(request(HttpMethod.POST, false, Map.of("EIO", "3"), "\n"), 0);
    assertRefused(request(HttpMethod.GET, false, Map.of("transport", "carrier pigeon"), ""), 0);
    assertRefused(request(HttpMethod.GET, true, Map.of("transport", "polling"), ""), 3);
    assertRefused(request(HttpMethod.POST, true, GOOD, "http://a\n"), 3);
    assertRefused(request(HttpMethod.POST, true, GOOD, ""), 2);
    assertRefused(request(HttpMethod.GET, false, GOOD, ""), 3);
  }

  @Test
  void shouldTellVersionsApart() {
    assertThat(request(HttpMethod.GET, true, GOOD, "").hasKnownVersion()).isTrue();
    EngineHandshake legacy = request(HttpMethod.GET, true, Map.of("EIO", "3"), "");
    assertThat(legacy.hasKnownVersion()).isFalse();
    assertThat(legacy.isLegacy()).isTrue();
    assertThat(request(HttpMethod.GET, true, Map.of(), "").hasKnownVersion()).isFalse();
    assertThat(request(HttpMethod.GET, true, Map.of("EIO", "abc"), "").isLegacy())
        .isFalse();
  }

  @Test
  void shouldHoldRequestsToTheTransportOfTheSession() {
    Map<String, String> poll = Map.of("transport", "polling", "sid", "a");
    EngineHandshake get = request(HttpMethod.GET, false, poll, "");
    assertThat(get.refusal(sid -> Optional.of("polling"))).isEmpty();
    assertThat(get.refusal(sid -> Optional.of("websocket"))).contains(EngineError.BAD_REQUEST);
    EngineHandshake upgrade =
        request(HttpMethod.GET, true, Map.of("transport", "websocket", "sid", "a"), "");
    assertThat(upgrade.refusal(sid -> Optional.of("polling"))).isEmpty();
    assertThat(upgrade.refusal(sid -> Optional.of("websocket"))).isEmpty();
  }

  @Test
  void shouldKnowSessionsOnlyByTheirIds() {
    EngineHandshake named =
        request(HttpMethod.GET, true, Map.of("transport", "websocket", "sid", "__proto__"), "");
    assertRefused(named, 1);
    assertThat(named.refusal(sid -> Optional.of("polling"))).isEmpty();
    EngineHandshake plain =
        request(HttpMethod.GET, false, Map.of("transport", "websocket", "sid", "a"), "");
    assertThat(plain.refusal(sid -> Optional.of("websocket"))).contains(EngineError.BAD_REQUEST);
  }

  @Test
  void shouldRenderTheDocumentedBody() {
    assertThat(EngineError.UNKNOWN_TRANSPORT.json())
        .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
  }

  private static EngineHandshake request(
      HttpMethod method, boolean upgrade, Map<String, String> query, String origin) {
    return new EngineHandshake(method, upgrade, query, origin);
  }

  private static void assertRefused(EngineHandshake request, int code) {
    assertThat(request.refusal(sid -> Optional.empty()).map(EngineError::code)).contains(code);
  }
}
