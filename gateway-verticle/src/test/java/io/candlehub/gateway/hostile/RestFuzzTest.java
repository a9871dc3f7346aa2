package io.candlehub.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.contract.RestContract;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.gateway.udf.UdfMarket;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sends generated requests to every documented route: right ones, wrong values, names nobody knows, bytes that are no
 * text. The fixture holds each answer against the document; here every status is counted and none may be a fault.
 */
@Timeout(600)
class RestFuzzTest {
  private static final int REQUESTS = Integer.getInteger("candlehub.rest.fuzz", 10_000);
  private static final long SEED = Long.getLong("candlehub.rest.fuzz.seed", 20_261_121);
  private static final List<String> SYMBOLS = List.of(
      "SPY",
      "BRK.B",
      "BRK/B",
      "MÜV2",
      "O:SPY251219C00650000",
      "I:SPX",
      "F:GC",
      "NYSE:F",
      "NONE",
      "SLOW",
      "BLIND",
      "PLAN",
      "SPLIT",
      "日経",
      "A".repeat(32));
  private static final List<String> NONSENSE = List.of(
      "",
      " ",
      "-1",
      "0",
      "1",
      "2",
      "1e3",
      "0x10",
      "1.5",
      "NaN",
      "Infinity",
      "null",
      "true",
      "TRUE",
      "[]",
      "{}",
      "9007199254740993",
      "9223372036854775808",
      "-9223372036854775808",
      "99999999999999999999",
      "٣",
      "\u0000",
      "\r\nX-Injected: 1",
      "../../etc/passwd",
      "<script>",
      "' OR 1=1",
      "%",
      "%25",
      "A".repeat(33),
      "b".repeat(500),
      "\uD83D\uDE00",
      "1970-01-01",
      "2023-11-14",
      "2023-02-30",
      "9999-12-31",
      "2023-11-14T10:00:00-05:00",
      "2023-11-14T10:00:00+05:00",
      "1700000000",
      "1700000040000",
      "253402300800");
  private static final List<String> BROKEN =
      List.of("%", "%Z", "%zz", "%C3%28", "%00", "%ff", "+", "&&", "=", "#");

  private final Random random = new Random(SEED);
  private final List<String> paths = new ArrayList<>(RestContract.operations().keySet());

  @Test
  void shouldAnswerWhateverIsAskedAsDocumented() {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (GatewayFixture gateway =
        new GatewayFixture(Map.of("limits.requests-per-second", "100000"))) {
      UdfMarket market = new UdfMarket(gateway);
      market.put("SPY", Timeframe.M1, "2023-11-14T09:30:00-05:00", 390, 60);
      market.put("SPY", Timeframe.D1, "2023-11-13T00:00:00-05:00", 2, 86_400);
      for (int i = 0; i < REQUESTS; i++) {
        String path = paths.get(random.nextInt(paths.size()));
        HttpMethod method = method(path);
        String target = target(path, method);
        Answer answer = send(gateway, method, target);
        assertThat(answer.status())
            .as("%s %s -> %s", method, target, answer.body())
            .isNotEqualTo(500);
        statuses.merge(answer.status(), 1, Integer::sum);
      }
      assertThat(gateway.get("/health/ready").status()).isEqualTo(200);
    }
    System.out.printf("REST fuzz: %,d requests, seed %d, by status %s%n", REQUESTS, SEED, statuses);
    assertThat(statuses).containsKeys(200, 400, 404, 405);
  }

  private HttpMethod method(String path) {
    if (random.nextInt(20) == 0) {
      return List.of(
              HttpMethod.PUT,
              HttpMethod.DELETE,
              HttpMethod.HEAD,
              HttpMethod.OPTIONS,
              HttpMethod.PATCH)
          .get(random.nextInt(5));
    }
    List<String> documented = List.copyOf(RestContract.operations().get(path));
    return HttpMethod.valueOf(documented.get(random.nextInt(documented.size())));
  }

  private Answer send(GatewayFixture gateway, HttpMethod method, String target) {
    boolean post = method.equals(HttpMethod.POST);
    Map<String, String> headers =
        post && random.nextInt(8) > 0 ? Map.of("Content-Type", "application/json") : Map.of();
    return gateway.send(method, target, headers, post ? Buffer.buffer(body()) : Buffer.buffer());
  }

  private String body() {
    return switch (random.nextInt(8)) {
      case 0 -> value(NONSENSE);
      case 1 -> "{\"symbols\":" + value(NONSENSE);
      case 3 -> selection("2025-12-19", "O:SPY251219C00650000");
      case 4 -> selection(value(NONSENSE), value(SYMBOLS));
      case 2 ->
        new JsonObject()
            .put("symbols", value(NONSENSE))
            .put("timeframes", random.nextInt())
            .encode();
      default ->
        new JsonObject()
            .put("symbols", List.of(value(SYMBOLS).replaceAll("[:/]", "")))
            .put("timeframes", List.of("1m"))
            .encode();
    };
  }

  private String selection(String expiration, String contract) {
    return new JsonObject()
        .put("underlying", "SPY")
        .put("expiration", expiration)
        .put("contract", contract)
        .encode();
  }

  private String target(String path, HttpMethod method) {
    Map<String, JsonObject> parameters = RestContract.operations().get(path).contains(method.name())
        ? RestContract.parameters(path, method.name())
        : Map.of();
    StringBuilder query = new StringBuilder();
    String filled = path;
    for (Map.Entry<String, JsonObject> entry : parameters.entrySet()) {
      String name = entry.getKey();
      JsonObject parameter = entry.getValue();
      String value = value(parameter);
      if (parameter.getString("in").equals("path")) {
        filled = filled.replace("{" + name + "}", segment(value));
      } else if (parameter.getBoolean("required", false)
          ? random.nextInt(25) > 0
          : random.nextInt(3) == 0) {
        query.append('&').append(name).append('=').append(encoded(value));
        if (random.nextInt(60) == 0) {
          query.append('&').append(name).append('=').append(encoded(value(parameter)));
        }
      }
    }
    if (random.nextInt(30) == 0) {
      query
          .append('&')
          .append(encoded(value(NONSENSE)))
          .append('=')
          .append(encoded(value(NONSENSE)));
    }
    if (random.nextInt(40) == 0) {
      query.append('&').append(value(BROKEN));
    }
    filled = filled.replaceAll("\\{[a-z]+}", "SPY");
    return query.isEmpty() ? filled : filled + "?" + query.substring(1);
  }

  /** A dot segment would be another path, and an empty one none. */
  private static String segment(String value) {
    return value.isEmpty() || value.startsWith(".") ? "SPY" : encoded(value);
  }

  private String value(JsonObject parameter) {
    JsonObject schema = parameter.getJsonObject("schema");
    if (random.nextInt(5) == 0) {
      return value(NONSENSE);
    }
    if (schema.containsKey("enum")) {
      return schema
          .getJsonArray("enum")
          .getString(random.nextInt(schema.getJsonArray("enum").size()));
    }
    return switch (parameter.getString("name")) {
      case "ticker", "symbol", "query", "contract" -> value(SYMBOLS);
      case "expiration" -> random.nextBoolean() ? "2025-12-19" : value(NONSENSE);
      case "symbols", "tickers" ->
        String.join(",", value(SYMBOLS), value(SYMBOLS), value(NONSENSE));
      case "from", "to" -> time(schema.getValue("type").equals("integer"));
      case "adjusted" -> Boolean.toString(random.nextBoolean());
      default -> Integer.toString(random.nextInt(400));
    };
  }

  private String time(boolean seconds) {
    long second = 1_699_900_000L + random.nextInt(200_000);
    return Long.toString(seconds ? second : second * 1_000);
  }

  private String value(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
