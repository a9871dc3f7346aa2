package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The running program with TLS and API keys: REST, WebSocket and polling, by the official clients too. */
@Timeout(180)
class TlsIT {
  private static final String KEY = "key-of-ada";

  /** SHA-256 of {@link #KEY}. */
  private static final String KEY_HASH =
      "5532e44183f47ed1fc146851b96d585c24da5bd5fe31a885cebc357261ed8f7f";

  @TempDir
  static Path folder;

  private static TestAuthority authority;
  private static HubProcess hub;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    authority = TestAuthority.create(folder.resolve("tls"));
    client = HttpClient.newBuilder().sslContext(authority.trust()).build();
    hub = HubProcess.start(
        folder,
        Map.of(
            "http.tls.cert",
            authority.certificate().toString(),
            "http.tls.key",
            authority.key().toString(),
            "auth.mode",
            "api-key",
            "auth.api-keys",
            "ada:" + KEY_HASH,
            "simulator.speed",
            "10"));
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  private static HttpResponse<String> get(HttpClient by, String url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return by.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void shouldServeRestToWhoTrustsItsAuthority() throws Exception {
    String url = hub.url() + "/api/market/status";
    assertThat(url).startsWith("https://127.0.0.1:");
    HttpResponse<String> answer = get(client, url, "X-API-Key", KEY);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    assertThat(get(client, url).statusCode()).isEqualTo(401);
    assertThatThrownBy(() -> get(HttpClient.newHttpClient(), url, "X-API-Key", KEY))
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> get(client, url.replaceFirst("https", "http")))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSpeakCurrentVersionsOnly(String version) throws Exception {
    URI address = URI.create(hub.url());
    try (SSLSocket socket = (SSLSocket)
        authority.trust().getSocketFactory().createSocket(address.getHost(), address.getPort())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/socket.io/?EIO=4&transport=websocket",
        "/eventbus/websocket",
        "/eventbus/000/abc/websocket"
      })
  void shouldOpenWebSocketsToItsOwnPages(String path) {
    assertThat(upgradeStatus(path, hub.url())).isEqualTo(101);
    // A page that came without encryption may have been altered on its way.
    assertThat(upgradeStatus(path, hub.url().replaceFirst("https", "http"))).isEqualTo(403);
    assertThat(upgradeStatus(path, "https://evil.example")).isEqualTo(403);
  }

  private static int upgradeStatus(String path, String origin) {
    return UpgradeStatus.of(client, hub.url() + path, origin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socketio | websocket | websocket",
        "socketio | polling | polling",
        "socketio | polling,websocket | websocket",
        "bridge | websocket | websocket",
        "bridge | xhr-streaming | xhr-streaming",
        "bridge | xhr-polling | xhr-polling"
      })
  void shouldServeTheOfficialClients(String protocol, String transports, String endsOn)
      throws Exception {
    JsonObject seen = follow(protocol, transports, Map.of("CANDLEHUB_TOKEN", KEY));
    NodeClient.assertServed(seen, endsOn);
  }

  @Test
  void shouldTellTheOfficialClientWhyItIsRefused() throws Exception {
    assertThat(follow("socketio", "websocket", Map.of()).getString("error"))
        .isEqualTo("a token is needed");
    assertThat(follow("socketio", "polling", Map.of("CANDLEHUB_TOKEN", "wrong")).getString("error"))
        .isEqualTo("the token is not valid");
  }

  private static JsonObject follow(
      String protocol, String transports, Map<String, String> environment)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("NODE_EXTRA_CA_CERTS", authority.authority().toString());
    return NodeClient.follow(hub.url(), protocol, transports, all);
  }
}
