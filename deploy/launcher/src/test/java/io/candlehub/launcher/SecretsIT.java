package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The program runs with keys set, its provider fails in every way, callers show right and wrong tokens: no key and no token
 * is found in its log, its output, its answers, its pages and its metrics.
 */
@Timeout(240)
class SecretsIT {
  private static final String PROVIDER_KEY = "topsecret-provider-key";
  private static final String JWT_SECRET = "topsecret-jwt-secret-0123456789abcdef";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"/?([^\"]+)\"");

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> seen = new LinkedHashMap<>();
  private HubProcess hub;

  private static String token(String subject, long seconds, String secret) throws Exception {
    JsonObject claims = new JsonObject()
        .put("sub", subject)
        .put("roles", new JsonArray().add("ops"))
        .put("exp", Instant.now().plusSeconds(seconds).getEpochSecond());
    String content = base64("{\"alg\":\"HS256\"}") + "." + base64(claims.encode());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return content + "."
        + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldTellNobodyAKeyOrAToken() throws Exception {
    String good = token("ada", 3_600, JWT_SECRET);
    List<String> tokens = List.of(
        good,
        token("ada", -60, JWT_SECRET),
        token("ada", 3_600, JWT_SECRET + "?"),
        "topsecret-junk");
    int management = FreePort.find();
    try (HubProcess started = HubProcess.start(
        folder,
        Map.of(
            "simulator.mode", "synthetic",
            "simulator.speed", "20",
            "management.port", Integer.toString(management)),
        Map.of(
            "CANDLEHUB_AUTH_MODE",
            "jwt",
            "CANDLEHUB_AUTH_JWT_SECRET",
            JWT_SECRET,
            "CANDLEHUB_SIMULATOR_API_KEY",
            PROVIDER_KEY,
            "CANDLEHUB_LOG_LEVEL",
            "DEBUG"))) {
      hub = started;
      for (String token : tokens) {
        ask(token);
        sockets(token);
      }
      fail(good);
      pages();
      note("management", get("http://127.0.0.1:" + management + "/metrics", ""));
      assertThat(hub.terminate()).isZero();
      seen.put("log", hub.log());
      seen.put("output", hub.output());
    }
    assertThat(seen.get("log")).hasSizeGreaterThan(1_000);
    assertThat(seen.values()).anyMatch(text -> text.contains("candlehub_gateway_refused_total"));
    for (String secret : secrets(tokens)) {
      assertThat(seen.entrySet().stream().filter(entry -> entry.getValue().contains(secret)))
          .as("places that tell %s", secret)
          .isEmpty();
    }
    System.out.printf(
        "secrets: %d places, %,d characters, 0 hits%n",
        seen.size(), seen.values().stream().mapToInt(String::length).sum());
  }

  /** Keys, and what makes a token one: its signature. */
  private static List<String> secrets(List<String> tokens) {
    List<String> secrets = new ArrayList<>(List.of("topsecret", PROVIDER_KEY, JWT_SECRET));
    tokens.forEach(token -> secrets.add(token.substring(token.lastIndexOf('.') + 1)));
    return secrets;
  }

  private void ask(String token) throws Exception {
    for (String path : List.of(
        "/api/market/status",
        "/api/market/aggs?ticker=SPY&timeframe=1m",
        "/api/market/aggs?ticker=NOSUCH&timeframe=1m",
        "/api/market/historical/SPY?timeframe=1d",
        "/api/market/symbols?query=SP",
        "/health/feeds",
        "/metrics",
        "/version",
        "/nothing")) {
      note(path + " by " + token.length(), get(hub.url() + path, token));
    }
    HttpResponse<String> inQuery = get(hub.url() + "/api/market/status?token=" + token, "");
    assertThat(inQuery.statusCode()).isEqualTo(401);
    note("query by " + token.length(), inQuery);
  }

  private HttpResponse<String> get(String url, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private void note(String place, HttpResponse<String> answer) {
    seen.put(
        place + " #" + seen.size(),
        answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
  }

  /** Shows a token over both socket protocols, then breaks their rules. */
  private void sockets(String token) throws Exception {
    String place = "socket by " + token.length();
    String command = "{\"type\":\"send\",\"address\":\"md.command.status\",\"replyAddress\":\"r\","
        + "\"headers\":{\"token\":\"" + token + "\"}}";
    seen.put(
        "bridge " + place + " #" + seen.size(),
        converse("/eventbus/websocket", command, "{" + token));
    seen.put(
        "socket.io " + place + " #" + seen.size(),
        converse(
            "/socket.io/?EIO=4&transport=websocket",
            "40{\"token\":\"" + token + "\"}",
            "9" + token));
  }

  private String converse(String path, String... messages) throws Exception {
    Transcript transcript = new Transcript();
    WebSocket socket = http.newWebSocketBuilder()
        .buildAsync(URI.create(hub.url().replaceFirst("http", "ws") + path), transcript)
        .get(10, TimeUnit.SECONDS);
    for (String message : messages) {
      socket.sendText(message, true).get(10, TimeUnit.SECONDS);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> transcript.text().length() > 20);
    socket.abort();
    return transcript.text();
  }

  /** What a WebSocket has heard. */
  private static final class Transcript implements WebSocket.Listener {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    String text() {
      return String.join("\n", heard);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      heard.add(data.toString());
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      heard.add(StandardCharsets.UTF_8.decode(data).toString());
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }
  }

  /** Lets the provider fail in every way while history is asked for. */
  private void fail(String token) throws Exception {
    for (String fault : List.of(
        "{\"kind\":\"error\",\"path\":\"/v2/aggs\",\"status\":500,\"count\":3}",
        "{\"kind\":\"rate-limit\",\"path\":\"/v2/aggs\",\"count\":1,\"retryAfter\":1}",
        "{\"kind\":\"corrupt\",\"market\":\"stocks\",\"percent\":50,\"seconds\":2}",
        "{\"kind\":\"disconnect\",\"market\":\"stocks\"}",
        "{\"kind\":\"refuse-auth\"}")) {
      hub.faults(new JsonObject(fault));
      for (String symbol : List.of("QQQ", "AAPL", "MSFT")) {
        String path = "/api/market/aggs?ticker=" + symbol + "&timeframe=1m&from=2020-01-0"
            + (1 + Math.floorMod(fault.hashCode(), 9)) + "&to=2020-02-01";
        note(symbol + " at " + fault, get(hub.url() + path, token));
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> hub.log().contains("WARN") && hub.log().contains("refused"));
    note("feeds at last", get(hub.url() + "/health/feeds", token));
    note("metrics at last", get(hub.url() + "/metrics", token));
  }

  private void pages() throws Exception {
    HttpResponse<String> page = get(hub.url() + "/", "");
    assertThat(page.statusCode()).isEqualTo(200);
    note("/", page);
    Matcher asset = ASSET.matcher(page.body());
    while (asset.find()) {
      if (!asset.group(1).contains("://")) {
        note(asset.group(1), get(hub.url() + "/" + asset.group(1), ""));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auth.jwt.secret, topsecret, auth.mode, jwt",
    "auth.api-keys, id:topsecret, auth.mode, api-key",
    "store.mongo-uri, mongodb://user:topsecret@127.0.0.1:1/db, log.format, text",
    "store.mongo-uri, mongo://user:topsecret@127.0.0.1, log.format, text"
  })
  void shouldRefuseAWrongSecretWithoutShowingIt(
      String key, String value, String otherKey, String otherValue) throws Exception {
    String told = run(List.of(
        "--set", key + "=" + value,
        "--set", otherKey + "=" + otherValue,
        "--set", "http.port=0",
        "--set", "store.data-dir=" + folder.resolve("data")));
    assertThat(told).contains("candlehub: ").contains(key).doesNotContain("topsecret");
    assertThat(told).doesNotContain("\tat ");
  }

  @Test
  void shouldMaskEverySecretWhenItPrintsItsSettings() throws Exception {
    String told = run(List.of(
        "--check-config",
        "--set",
        "auth.mode=jwt",
        "--set",
        "auth.jwt.secret=" + JWT_SECRET,
        "--set",
        "auth.api-keys=topsecret",
        "--set",
        "massive.api-key=topsecret",
        "--set",
        "simulator.mode=synthetic",
        "--set",
        "store.mongo-uri=mongodb://user:topsecret@127.0.0.1:1/db"));
    assertThat(told)
        .contains("auth.jwt.secret = ***", "auth.api-keys = ***", "massive.api-key = ***")
        .doesNotContain("topsecret");
  }

  private String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("java", "-jar", HubProcess.JAR.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }
}
