package io.candlehub.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChartJson;
import io.candlehub.bus.Failure;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.FakeHub;
import io.candlehub.gateway.FakeSeries;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.model.Bar;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RestRoutesTest {
  private static final int BARS = 12_000;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayFixture();
    gateway.hub().answerHistory(RestRoutesTest::page, RestRoutesTest::next);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static int first(JsonObject request) {
    return (int) ((request.getLong("from", Charts.START) - Charts.START) / 60_000);
  }

  private static Buffer page(JsonObject request) {
    if (request.getString("symbol").equals("NONE")) {
      throw Failure.UNKNOWN_INSTRUMENT.because("no such symbol NONE");
    }
    if (request.getString("symbol").equals("SLOW")) {
      throw Failure.RATE_LIMITED.because("the provider throttles", 2_500);
    }
    FakeSeries series = new FakeSeries(Charts.SPY);
    int first = first(request);
    int end = Math.min(BARS, first + request.getInteger("limit"));
    Bar[] bars = new Bar[Math.max(0, end - first)];
    for (int i = 0; i < bars.length; i++) {
      bars[i] = Charts.bar(first + i, 10 + (first + i) / 1000.0);
    }
    series.put(bars);
    JsonObject json = ChartJson.body(series.snapshot(false)).toJsonObject();
    json.remove("kind");
    return json.toBuffer();
  }

  private static String next(JsonObject request) {
    int end = first(request) + request.getInteger("limit");
    return end < BARS ? Long.toString(Charts.minute(end)) : "";
  }

  @Test
  void shouldPassAggsThroughAsTheHubWroteThem() {
    Answer answer = gateway.get("/api/market/aggs?ticker=SPY&timeframe=1m&limit=3");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).startsWith("application/json");
    assertThat(answer.json().getJsonArray("bars")).hasSize(3);
    assertThat(answer.json().getJsonObject("stream").getString("epoch")).isEqualTo("e1");
    JsonObject request =
        gateway.hub().historyRequests().get(gateway.hub().historyRequests().size() - 1);
    assertThat(request.getString("timeframe")).isEqualTo("1m");
    assertThat(request.getBoolean("adjusted")).isTrue();
  }

  @Test
  void shouldSayWhoseBarsAnIntradayChartOfAnOptionShows() {
    gateway.hub().answerHistory(FakeHub::emptyHistory, request -> "");
    try {
      String path = "/api/market/aggs?ticker=O:SPY231117C00450000&timeframe=";
      JsonObject intraday = gateway.get(path + "5m").json();
      assertThat(intraday.getString("symbol")).isEqualTo("O:SPY231117C00450000");
      assertThat(intraday.getString("barsOf")).isEqualTo("SPY");
      assertThat(gateway.get(path + "1d").json().getString("barsOf"))
          .isEqualTo("O:SPY231117C00450000");
      assertThat(gateway.get(path + "5m&format=csv").headers().get("X-Bars-Of")).isEqualTo("SPY");
      assertThat(gateway.get(path + "1d&format=csv").headers().get("X-Bars-Of"))
          .isEqualTo("O:SPY231117C00450000");
      String longer = "/api/market/historical/O:SPY231117C00450000?format=csv&timeframe=5m";
      assertThat(gateway.get(longer).headers().get("X-Bars-Of")).isEqualTo("SPY");
    } finally {
      gateway.hub().answerHistory(RestRoutesTest::page, RestRoutesTest::next);
    }
  }

  @Test
  void shouldWriteAggsAsCsv() {
    Answer answer = gateway.get("/api/market/aggs?ticker=SPY&timeframe=1m&limit=2&format=csv");
    assertThat(answer.headers().get("Content-Type")).startsWith("text/csv");
    assertThat(answer.headers().get("X-Next-From")).isEqualTo(Long.toString(Charts.minute(2)));
    assertThat(answer.body().toString().split("\r\n"))
        .containsExactly(
            "t,o,h,l,c,v,vw,n,state,isFinal,revision,source,coverage",
            Charts.minute(0) + ",9,11,8,10,100,,7,live,false,0,live,",
            Charts.minute(1) + ",9.001,11.001,8.001,10.001,100,,7,live,false,0,live,");
  }

  @Test
  void shouldStreamALongRangeByFollowingThePages() {
    Answer answer = gateway.get("/api/market/historical/SPY?timeframe=1m&from=" + Charts.START);
    assertThat(answer.status()).isEqualTo(200);
    JsonObject json = answer.json();
    assertThat(json.getString("symbol")).isEqualTo("SPY");
    assertThat(json.getJsonArray("bars")).hasSize(BARS);
    for (int i = 0; i < BARS; i++) {
      assertThat(json.getJsonArray("bars").getJsonObject(i).getLong("t"))
          .isEqualTo(Charts.minute(i));
    }
    assertThat(json.getJsonObject("health").getString("mode")).isEqualTo("LIVE");
    assertThat(json.getLong("lastUpdatedAt")).isEqualTo(Charts.START);
    Answer csv =
        gateway.get("/api/market/historical/SPY?timeframe=1m&format=csv&from=" + Charts.START);
    assertThat(csv.body().toString().split("\r\n")).hasSize(BARS + 1);
  }

  @Test
  void shouldStopALongRangeAtTheLimitAndSayWhereItGoesOn() {
    Answer answer =
        gateway.get("/api/market/historical/SPY?timeframe=1m&limit=7&from=" + Charts.START);
    assertThat(answer.json().getJsonArray("bars")).hasSize(7);
    assertThat(answer.json().getLong("nextFrom")).isEqualTo(Charts.minute(7));
  }

  @Test
  void shouldStreamAnEmptyRange() {
    Answer answer =
        gateway.get("/api/market/historical/SPY?timeframe=1m&from=" + Charts.minute(BARS));
    assertThat(answer.json().getJsonArray("bars")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "O:SPY251219C00650000, O:SPY251219C00650000",
    "O%3ASPY251219C00650000, O:SPY251219C00650000",
    "BRK.B, BRK.B",
    "I%3aSPX, I:SPX",
  })
  void shouldTakeSymbolsInPathsRawAndEncoded(String inPath, String symbol) {
    gateway.get("/api/market/historical/" + inPath);
    assertThat(gateway.hub().historyRequests())
        .anyMatch(request -> request.getString("symbol").equals(symbol));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/market/aggs, 400, INVALID_PARAMETER, ticker",
    "/api/market/aggs?ticker=SPY&timefarme=1m, 400, INVALID_PARAMETER, timefarme",
    "/api/market/historical/SPY?symbl=1m, 400, INVALID_PARAMETER, symbl",
    "/api/market/aggs?ticker=SPY&limit=many, 400, INVALID_PARAMETER, limit",
    "/api/market/aggs?ticker=%3Cb%3E, 400, INVALID_PARAMETER, ticker",
    "/api/market/aggs?ticker=SPY&ticker=QQQ, 400, INVALID_PARAMETER, ticker",
    "/api/market/symbols?query=a&query=b, 400, INVALID_PARAMETER, query",
    "/api/market/symbols?query=a&limit=1&limit=2, 400, INVALID_PARAMETER, limit",
    "/api/market/aggs?ticker=NONE, 404, UNKNOWN_INSTRUMENT, NONE",
    "/api/market/historical/NONE, 404, UNKNOWN_INSTRUMENT, NONE",
    "/api/market/historical/SPY?timeframe=7m, 400, INVALID_PARAMETER, timeframe",
    "/api/market/symbols, 400, INVALID_PARAMETER, query",
    "/api/market/symbols?query=%20, 400, INVALID_PARAMETER, query",
    "/api/market/symbols?query=a&limit=0, 400, INVALID_PARAMETER, limit",
    "/api/market/aggs?ticker=%ZZ, 400, INVALID_PARAMETER, ''",
    "/api/market/historical/%zz, 400, INVALID_PARAMETER, ''",
    "/api/market/nothing, 404, NO_DATA, resource",
    "/api, 404, NO_DATA, resource",
    "/health/nothing, 404, NO_DATA, resource",
    "/eventbus/nothing/here/at/all, 404, NO_DATA, resource",
    "/..%2f..%2fetc%2fpasswd, 404, NO_DATA, resource",
    "/.hidden.txt, 404, NO_DATA, resource",
  })
  void shouldAnswerErrorsInTheCommonForm(String path, int status, String code, String word) {
    Answer answer = gateway.get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.errorMessage()).contains(word);
    assertThat(answer.json().getJsonObject("error").getBoolean("retryable")).isFalse();
  }

  @Test
  void shouldTellWhenToTryAgain() {
    Answer answer = gateway.get("/api/market/aggs?ticker=SLOW");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers().get("Retry-After")).isEqualTo("3");
    assertThat(answer.json().getJsonObject("error").getLong("retryAfterMs")).isEqualTo(2_500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/market/aggs", "/api/market/historical/SPY", "/health/live", "/version", "/"})
  void shouldRefuseOtherMethods(String path) {
    Answer answer = gateway.send(HttpMethod.DELETE, path, Map.of(), Buffer.buffer());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("Allow")).contains("GET");
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER");
  }

  private static Answer warm(String body) {
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    return gateway.send(HttpMethod.POST, "/api/market/aggs/warm", headers, Buffer.buffer(body));
  }

  @Test
  void shouldTakeWhatIsToBeLoadedAhead() {
    Answer answer = warm("{\"symbols\":[\"SPY\"],\"timeframes\":[\"1m\"]}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().getJsonArray("queued"))
        .containsExactly(new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "7", "{\"symbols\":"})
  void shouldRefuseToLoadAheadWithoutAnObject(String body) {
    Answer answer = warm(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER");
    assertThat(answer.errorMessage()).startsWith("body must be a JSON object");
  }

  @Test
  void shouldRefuseABodyThatIsTooLong() {
    assertThat(warm(" ".repeat(100_000)).status()).isEqualTo(413);
  }

  @Test
  void shouldAnswerTheSmallRoutes() {
    assertThat(gateway.get("/health/live").json().getString("status")).isEqualTo("ok");
    assertThat(gateway.get("/health/ready").json().getString("status")).isEqualTo("ready");
    assertThat(gateway.get("/health/feeds").json().getString("status")).isEqualTo("ok");
    assertThat(gateway.get("/api/market/status").json().getString("market")).isEqualTo("open");
    assertThat(gateway.get("/version").json().getString("version")).matches("\\d+\\..*");
    assertThat(gateway.get("/metrics").body().toString()).isEqualTo("# metrics\n");
    assertThat(gateway.get("/api/market/symbols?query=spy").json().getJsonArray("symbols"))
        .hasSize(1);
  }

  @Test
  void shouldSayThatThePageIsNotBuiltOrServeIt() {
    Answer answer = gateway.get("/");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toString()).containsAnyOf("dashboard was not built", "<html");
    String tag = answer.headers().get("ETag");
    if (tag != null) {
      assertThat(gateway
              .send(HttpMethod.GET, "/", Map.of("If-None-Match", tag), Buffer.buffer())
              .status())
          .isEqualTo(304);
    }
  }
}
