package io.candlehub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AccessMatrixTest {
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayFixture(Map.of("http.allowed-origins", "https://chart.example"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Answer get(String path, Map<String, String> headers) {
    return gateway.send(HttpMethod.GET, path, headers, Buffer.buffer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/market/status",
        "/health/live",
        "/metrics",
        "/nothing",
        "/socket.io/?EIO=4&transport=polling",
        "/eventbus/info",
        "/eventbus/000/abc/xhr_streaming"
      })
  void shouldRefuseForeignHostsAndOriginsOnEveryRoute(String path) {
    Answer host = get(path, Map.of("Host", "evil.example"));
    assertThat(host.status()).isEqualTo(403);
    assertThat(host.errorCode()).isEqualTo("FORBIDDEN");
    Answer origin = get(path, Map.of("Origin", "http://evil.example"));
    assertThat(origin.status()).isEqualTo(403);
    assertThat(origin.errorMessage()).contains("origin");
    assertThat(origin.headers().contains("Access-Control-Allow-Origin")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/socket.io/?EIO=4&transport=websocket",
        "/eventbus/websocket",
        "/eventbus/000/abc/websocket"
      })
  void shouldRefuseForeignOriginsBeforeAnyUpgrade(String path) {
    assertThatThrownBy(() ->
            GatewayFixture.await(gateway.webSocket(path, Map.of("Origin", "http://evil.example"))))
        .hasMessageContaining("403");
    GatewayFixture.await(gateway.webSocket(path, Map.of("Origin", "https://chart.example")))
        .close();
    String own = "http://127.0.0.1:" + gateway.port();
    GatewayFixture.await(gateway.webSocket(path, Map.of("Origin", own))).close();
  }

  @Test
  void shouldShareWithAllowedOriginsOnly() {
    Answer answer = get("/api/market/status", Map.of("Origin", "https://chart.example"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Access-Control-Allow-Origin"))
        .isEqualTo("https://chart.example");
    assertThat(answer.headers().get("Vary")).contains("Origin");
    Answer preflight = gateway.send(
        HttpMethod.OPTIONS,
        "/api/market/status",
        Map.of("Origin", "https://chart.example", "Access-Control-Request-Method", "GET"),
        Buffer.buffer());
    assertThat(preflight.status()).isEqualTo(204);
  }

  @Test
  void shouldRefuseFormPosts() {
    Answer form = gateway.send(
        HttpMethod.POST,
        "/api/market/aggs",
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        Buffer.buffer("a=b"));
    assertThat(form.status()).isEqualTo(400);
    assertThat(form.errorMessage()).contains("Content-Type");
    Answer json = gateway.send(
        HttpMethod.POST,
        "/api/market/aggs",
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Buffer.buffer("{}"));
    assertThat(json.status()).isEqualTo(405);
  }

  @Test
  void shouldSetSecurityHeadersAndNameNoServer() {
    Answer answer = get("/health/live", Map.of());
    assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers().get("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(answer.headers().get("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.headers().contains("Server")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sdk/",
        "/assets",
        "/webroot/index.html",
        "/..%2flogback.xml",
        "/%2e%2e/logback.xml",
        "/../../etc/passwd.txt",
        "/..%5c..%5cpom.xml",
        "/META-INF/MANIFEST.MF",
        "/io/candlehub/gateway/GatewayVerticle.class",
        "/.git/config.json",
        "//etc/hosts.txt",
        "/index.html%00.js",
        "/C:/x.txt"
      })
  void shouldServeNoFoldersAndNoFilesThatAreNotThePages(String path) {
    Answer answer = get(path, Map.of());
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.errorMessage()).isIn("no such resource", "the request is malformed");
  }
}
