package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EngineHandshakeTest {

  private static final Map<String, String> GOOD = Map.of("EIO", "4", "transport", "websocket");

  @Test
  void shouldAdmitWebSocketUpgrade() {
    assertThat(request(HttpMethod.GET, true, GOOD, "http://a").refusal(sid -> false))
        .isEmpty();
  }

  @Test
  void shouldRefuseInTheOrderOfTheReference() {
    assertRefused(request(HttpMethod.POST, false, Map.of("EIO", "3"), "\n"), 0);
    assertRefused(request(HttpMethod.GET, false, Map.of("transport", "polling"), ""), 0);
    assertRefused(request(HttpMethod.POST, true, GOOD, "http://a\n"), 3);
    assertRefused(request(HttpMethod.POST, true, GOOD, ""), 2);
    assertRefused(request(HttpMethod.GET, false, GOOD, ""), 3);
    assertRefused(
        request(HttpMethod.GET, true, Map.of("EIO", "3", "transport", "websocket"), ""), 5);
    assertRefused(request(HttpMethod.GET, true, Map.of("transport", "websocket"), ""), 5);
  }

  @Test
  void shouldKnowSessionsOnlyByTheirIds() {
    EngineHandshake named =
        request(HttpMethod.GET, true, Map.of("transport", "websocket", "sid", "__proto__"), "");
    assertRefused(named, 1);
    assertThat(named.refusal("__proto__"::equals)).isEmpty();
    EngineHandshake plain =
        request(HttpMethod.GET, false, Map.of("transport", "websocket", "sid", "a"), "");
    assertThat(plain.refusal("a"::equals)).contains(EngineError.BAD_REQUEST);
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
    assertThat(request.refusal(sid -> false).map(EngineError::code)).contains(code);
  }
}
