package io.candlehub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.contract.RestContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node without clients is watched like any other. */
@Timeout(30)
class HealthVerticleTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedCluster cluster = new ScriptedCluster();
  private HttpClient http;
  private HealthVerticle node;

  @BeforeEach
  void start() {
    http = vertx.createHttpClient();
  }

  @AfterEach
  void stop() {
    GatewayFixture.await(vertx.close());
  }

  private String deploy(Map<String, String> settings) {
    node = new HealthVerticle(
        GatewayConfig.from(settings), () -> "# metrics\n", new SimpleMeterRegistry(), cluster);
    return GatewayFixture.await(vertx.deployVerticle(node));
  }

  private record Answer(int status, Buffer body) {}

  private Answer get(int port, String path, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    headers.forEach(options::addHeader);
    return GatewayFixture.await(http.request(options.setMethod(HttpMethod.GET))
        .compose(request -> request
            .send()
            .compose(response -> response.body().map(body -> {
              if (response.statusCode() != 404) {
                RestContract.check(
                    "GET", path, response.statusCode(), response.headers()::get, body.toString());
              }
              return new Answer(response.statusCode(), body);
            }))));
  }

  private Answer get(String path) {
    return get(node.port(), path, Map.of());
  }

  @Test
  void shouldServeWhatEveryNodeServesAndNoMore() {
    new FakeHub(vertx);
    deploy(Map.of("http.port", "0", "management.port", "0"));

    for (int port : new int[] {node.port(), node.managementPort()}) {
      assertThat(get(port, "/health/live", Map.of()).status).isEqualTo(200);
      assertThat(get(port, "/health/ready", Map.of()).status).isEqualTo(200);
      assertThat(get(port, "/health/feeds", Map.of()).body.toJsonObject().getString("status"))
          .isEqualTo("ok");
      assertThat(get(port, "/metrics", Map.of()).body.toString()).isEqualTo("# metrics\n");
      assertThat(get(port, "/version", Map.of()).status).isEqualTo(200);
      assertThat(get(port, "/api/market/status", Map.of()).status).isEqualTo(404);
      assertThat(get(port, "/", Map.of()).status).isEqualTo(404);
    }
  }

  @Test
  void shouldNotBeReadyWhileItIsCutOff() {
    deploy(Map.of("http.port", "0"));
    cluster.fence();

    assertThat(get("/health/live").status).isEqualTo(200);
    assertThat(get("/health/ready").status).isEqualTo(503);
    cluster.restore();
    assertThat(get("/health/ready").status).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/feeds", "/version"})
  void shouldAskForTokensAsAGatewayDoes(String path) {
    deploy(Map.of("http.port", "0", "auth.mode", "jwt", "auth.jwt.secret", SECRET));

    assertThat(get(path).status).isEqualTo(401);
    assertThat(get("/health/live").status).isEqualTo(200);
  }

  @Test
  void shouldRefuseForeignHosts() {
    deploy(Map.of("http.port", "0"));

    assertThat(get(node.port(), "/health/live", Map.of("Host", "evil.example")).status)
        .isEqualTo(403);
  }

  @Test
  void shouldServeNoMoreOnceItHasStopped() {
    String deployment = deploy(Map.of("http.port", "0"));
    int port = node.port();
    GatewayFixture.await(vertx.undeploy(deployment));

    assertThat(http.request(new RequestOptions().setHost("127.0.0.1").setPort(port))
            .toCompletionStage()
            .toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10));
  }
}
