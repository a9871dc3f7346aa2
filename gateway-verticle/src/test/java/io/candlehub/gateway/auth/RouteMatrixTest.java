package io.candlehub.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.gateway.auth.Mode.Token;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every route of the gateway's own table under every method, token, origin and host (contract §8). A route that is new
 * is asked as well, and is expected to need a caller until it is listed here.
 */
@Timeout(300)
class RouteMatrixTest {
  /** What everybody may ask; the socket protocols take their tokens in messages. */
  private static final Set<String> OPEN = Set.of("/", "/health/live", "/health/ready");

  private static final Set<String> OPS = Set.of("/metrics", "/health/feeds");
  private static final List<String> SOCKETS = List.of("/socket.io/", "/eventbus/");
  private static final List<HttpMethod> METHODS = List.of(
      HttpMethod.GET,
      HttpMethod.HEAD,
      HttpMethod.POST,
      HttpMethod.PUT,
      HttpMethod.DELETE,
      HttpMethod.OPTIONS);

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  @TempDir
  private Path folder;

  private final List<String> wrong = new ArrayList<>();
  private int asked;

  private static Set<String> paths(GatewayFixture gateway) {
    Set<String> paths = new TreeSet<>(OPEN);
    paths.add("/nothing");
    int patterns = 0;
    for (Route route : gateway.routes()) {
      if (route.getPath() != null) {
        paths.add(route.getPath().replaceAll(":[a-z]+", "SPY").replaceAll("/$", "/x"));
      } else if (route.isRegexPath()) {
        patterns++;
      }
    }
    // Patterns cannot be turned into paths: the frame of SockJS, which is refused, and nothing
    // else.
    assertThat(patterns).isEqualTo(1);
    paths.remove("/x");
    paths.removeIf(path -> SOCKETS.stream().anyMatch(path::startsWith));
    return paths;
  }

  @ParameterizedTest
  @EnumSource
  void shouldAskForATokenWhereverTheContractDoes(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      Map<Token, String> tokens = new HashMap<>(mode.tokens());
      tokens.put(Token.NONE, "");
      for (String path : paths(gateway)) {
        for (HttpMethod method : METHODS) {
          for (Source source : Source.values()) {
            tokens.forEach((kind, token) -> ask(gateway, path, method, source, kind, token));
          }
        }
      }
    }
    System.out.printf("route matrix %s: %d requests%n", mode, asked);
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(1_000);
  }

  private void ask(
      GatewayFixture gateway,
      String path,
      HttpMethod method,
      Source source,
      Token kind,
      String token) {
    Map<String, String> headers = new HashMap<>(source.headers());
    headers.put("Content-Type", "application/json");
    if (kind == Token.GOOD) {
      headers.put("X-API-Key", token);
    } else if (kind != Token.NONE) {
      headers.put("Authorization", "Bearer " + token);
    }
    Answer answer = gateway.send(method, path, headers, Buffer.buffer());
    asked++;
    String expected = expected(path, method, source, kind);
    String seen = verdict(answer, method);
    if (!seen.equals(expected)) {
      wrong.add(
          method + " " + path + " " + source + " " + kind + ": " + seen + ", not " + expected);
    }
  }

  private static String expected(String path, HttpMethod method, Source source, Token kind) {
    if (!source.isAllowed()) {
      return head(method, 403, "FORBIDDEN");
    }
    boolean open = OPEN.contains(path) && (!path.equals("/") || READING.contains(method));
    if (open) {
      return "through";
    }
    if (!kind.isAccepted()) {
      return head(method, 401, kind.refusal());
    }
    return OPS.contains(path) && kind != Token.OPS ? head(method, 403, "FORBIDDEN") : "through";
  }

  private static String head(HttpMethod method, int status, String code) {
    return method.equals(HttpMethod.HEAD) ? Integer.toString(status) : status + " " + code;
  }

  private static String verdict(Answer answer, HttpMethod method) {
    if (answer.status() != 401 && answer.status() != 403) {
      return "through";
    }
    assertThat(answer.headers().contains("WWW-Authenticate")).isEqualTo(answer.status() == 401);
    return head(method, answer.status(), method.equals(HttpMethod.HEAD) ? "" : code(answer));
  }

  /** Chart libraries get errors in the form that they know. */
  private static String code(Answer answer) {
    return answer.json().containsKey("errmsg")
        ? answer.json().getString("code")
        : answer.errorCode();
  }

  @ParameterizedTest
  @EnumSource
  void shouldServeTheNodesRoutesOnTheManagementPortOnly(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      for (String path :
          List.of("/health/live", "/health/ready", "/health/feeds", "/metrics", "/version")) {
        assertThat(manage(gateway, path, Map.of()).status()).as(path).isEqualTo(200);
        assertThat(manage(gateway, path, Map.of("Host", "evil.example")).status())
            .isEqualTo(403);
        assertThat(
                manage(gateway, path, Map.of("Origin", "https://chart.example")).status())
            .isEqualTo(403);
      }
      for (String path : List.of(
          "/", "/api/market/status", "/socket.io/?EIO=4&transport=polling", "/eventbus/info")) {
        assertThat(manage(gateway, path, Map.of()).status()).as(path).isEqualTo(404);
      }
    }
  }

  private static Answer manage(GatewayFixture gateway, String path, Map<String, String> headers) {
    return gateway.send(gateway.managementPort(), HttpMethod.GET, path, headers, Buffer.buffer());
  }

  @Test
  void shouldTakeNoTokenFromAQueryNorTwoOfThem() throws Exception {
    try (GatewayFixture gateway = Mode.API_KEY.gateway(folder)) {
      String path = "/api/market/status";
      for (String query : List.of("?token=good", "?access_token=good", "?X-API-Key=good")) {
        assertThat(gateway.get(path + query).status()).isEqualTo(401);
      }
      Map<String, String> both = Map.of("Authorization", "Bearer good", "X-API-Key", "good");
      assertThat(get(gateway, path, both).errorCode()).isEqualTo("UNAUTHENTICATED");
      assertThat(get(gateway, path, Map.of("Authorization", "Basic Z29vZA==")).errorCode())
          .isEqualTo("UNAUTHENTICATED");
      assertThat(get(gateway, path, Map.of("Authorization", "bearer good")).status())
          .isEqualTo(200);
      assertThat(get(gateway, path, Map.of("Cookie", "candlehub_caller=AAAAAAAAAAAAAAAAAAAAAA"))
              .status())
          .isEqualTo(401);
    }
  }

  private static Answer get(GatewayFixture gateway, String path, Map<String, String> headers) {
    return gateway.send(HttpMethod.GET, path, headers, Buffer.buffer());
  }

  @Test
  void shouldNameBrowsersByACookieWhereNobodyNeedsToIdentify() {
    try (GatewayFixture gateway = new GatewayFixture()) {
      Answer first = gateway.get("/api/market/status");
      String cookie = first.headers().get("Set-Cookie");
      assertThat(cookie).contains("candlehub_caller=", "HTTPOnly", "SameSite=", "Path=/");
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(get(gateway, "/api/market/status", Map.of("Cookie", pair))
              .headers()
              .getAll("Set-Cookie"))
          .isEmpty();
      assertThat(get(gateway, "/api/market/status", Map.of("Cookie", "candlehub_caller=<script>"))
              .headers()
              .get("Set-Cookie"))
          .contains("candlehub_caller=")
          .doesNotContain("script");
      assertThat(gateway.get("/metrics").status()).isEqualTo(200);
      assertThat(gateway.get("/health/feeds").status()).isEqualTo(200);
    }
  }

  @Test
  void shouldLimitRequestsByCallerOnceItIsKnown() throws Exception {
    Map<String, String> settings = new HashMap<>(Mode.API_KEY.settings(folder));
    settings.put("limits.requests-per-second", "1");
    try (GatewayFixture gateway = new GatewayFixture(settings)) {
      Map<String, String> ada = Map.of("X-API-Key", "good");
      String path = "/api/market/status";
      Answer last = get(gateway, path, ada);
      for (int i = 0; i < 10 && last.status() == 200; i++) {
        last = get(gateway, path, ada);
      }
      assertThat(last.errorCode()).isEqualTo("LIMIT_EXCEEDED");
      assertThat(last.errorMessage()).contains("caller");
      assertThat(get(gateway, path, Map.of("X-API-Key", "bob")).status()).isEqualTo(200);
      assertThat(gateway.get(path).status()).isEqualTo(401);
    }
  }
}
