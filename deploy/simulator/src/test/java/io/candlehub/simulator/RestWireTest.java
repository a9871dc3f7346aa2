package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RestWireTest {
  private static final String SPY = "/v2/aggs/ticker/SPY/range/";
  private static Exchange exchange;

  @BeforeAll
  static void startExchange() {
    exchange = Exchange.start("speed", "0.001");
  }

  @AfterAll
  static void stopExchange() {
    exchange.close();
  }

  private static List<JsonObject> pages(String first) {
    List<JsonObject> rows = new ArrayList<>();
    String next = first;
    while (next != null) {
      assertThat(next).doesNotContain("apiKey");
      JsonObject page = exchange.json(next);
      page.getJsonArray("results", new JsonArray()).forEach(row -> rows.add((JsonObject) row));
      next = page.getString("next_url");
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "5/minute/2025-12-02/2025-12-04, 700, asc",
    "5/minute/2025-12-02/2025-12-04, 700, desc",
    "1/minute/2025-12-03/2025-12-03, 100, asc",
    "1/hour/2025-12-01/2025-12-04, 333, asc",
    "1/day/2025-01-01/2025-12-04, 50, asc",
    "1/week/2025-01-01/2025-12-04, 17, asc",
    "10/second/1764860100000/1764860400000, 40, asc"
  })
  void shouldPageWithoutHolesOrDoubles(String range, int limit, String sort) {
    String path = SPY + range + "?sort=" + sort;
    List<JsonObject> whole = pages(path + "&limit=50000");
    List<JsonObject> paged = pages(path + "&limit=" + limit);
    assertThat(whole).hasSizeGreaterThan(3);
    assertThat(paged).isEqualTo(whole);
    List<Long> starts =
        new ArrayList<>(whole.stream().map(row -> row.getLong("t")).toList());
    if (sort.equals("desc")) {
      Collections.reverse(starts);
    }
    assertThat(starts).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldCountBaseBars() {
    JsonObject page = exchange.json(SPY + "5/minute/2025-12-03/2025-12-03?limit=500");
    assertThat(page.getInteger("queryCount")).isBetween(490, 500);
    assertThat(page.getInteger("resultsCount"))
        .isEqualTo(page.getJsonArray("results").size());
    assertThat(page.getInteger("resultsCount")).isLessThanOrEqualTo(100);
  }

  @Test
  void shouldTellNothingAfterNowAndHaveTheMinuteInProgress() {
    exchange.post("/sim/clock", "{\"seekTo\":\"2025-12-04T10:00:30-05:00\"}");
    JsonObject minutes = exchange.json(SPY + "1/minute/2025-12-04/2025-12-05?limit=50000");
    JsonArray rows = minutes.getJsonArray("results");
    JsonObject current = rows.getJsonObject(rows.size() - 1);
    assertThat(current.getLong("t")).isEqualTo(1_764_860_400_000L);
    JsonArray seconds = exchange
        .json(SPY + "1/second/1764860400000/2025-12-05?limit=50000")
        .getJsonArray("results");
    double volume = 0;
    for (Object row : seconds) {
      assertThat(((JsonObject) row).getLong("t")).isLessThan(1_764_860_430_000L);
      volume += ((JsonObject) row).getDouble("v");
    }
    assertThat(current.getDouble("v")).isEqualTo(volume);
    JsonArray days = exchange.json(SPY + "1/day/2025-12-01/2025-12-31").getJsonArray("results");
    assertThat(days).hasSize(4);
  }

  @Test
  void shouldAnswerNothingForUnknownTickers() {
    JsonObject answer = exchange.json("/v2/aggs/ticker/NOPE/range/1/day/2025-01-01/2025-12-04");
    assertThat(answer.getInteger("resultsCount")).isZero();
    assertThat(answer.containsKey("results")).isFalse();
    assertThat(answer.getString("status")).isEqualTo("OK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1/minute/2025-12-05/2025-12-04 | The parameter 'to' cannot be a time that occurs before 'from'",
        "1/minute/soon/2025-12-04 | Could not parse the time parameter 'from'",
        "1/minute/2025-02-30/2025-12-04 | Could not parse the time parameter 'from'",
        "0/minute/2025-12-01/2025-12-04 | The parameter 'multiplier'",
        "1/eon/2025-12-01/2025-12-04 | Could not parse the parameter 'timespan'",
        "1/minute/2025-12-01/2025-12-04?limit=50001 | The parameter 'limit' must be between",
        "1/minute/2025-12-01/2025-12-04?sort=up | Could not parse the parameter 'sort'",
        "1/minute/2025-12-01/2025-12-04?cursor=%25 | The parameter 'cursor'"
      })
  void shouldNameTheParameterThatIsWrong(String range, String message) {
    var response = exchange.get(SPY + range);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.bodyAsJsonObject().getString("status")).isEqualTo("ERROR");
    assertThat(response.bodyAsJsonObject().getString("error")).startsWith(message);
  }

  @Test
  void shouldWordErrorsLikeTheProvider() {
    String path = "/v3/reference/tickers/NOPE";
    var missing = exchange.request(HttpMethod.GET, path, Map.of());
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.bodyAsJsonObject().getString("error")).isEqualTo("API Key was not provided");
    var unknown = exchange.request(HttpMethod.GET, path + "?apiKey=x", Map.of());
    assertThat(unknown.bodyAsJsonObject().getString("error")).isEqualTo("Unknown API Key");
    var notFound = exchange.request(HttpMethod.GET, path + "?apiKey=" + Exchange.KEY, Map.of());
    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(notFound.bodyAsJsonObject().getString("message")).isEqualTo("Ticker not found.");
    assertThat(exchange.get("/v9/nothing").bodyAsString()).startsWith("404 page not found");
    assertThat(exchange.get("/v3/reference/tickers/%zz").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldRefuseEveryRequestWithAnOrigin() {
    for (String path : List.of("/sim/clock", "/v1/marketstatus/now", "/stocks")) {
      var response = exchange.request(HttpMethod.GET, path, Map.of("Origin", "http://localhost"));
      assertThat(response.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void shouldCompressIfAccepted() {
    var response = exchange.request(
        HttpMethod.GET,
        SPY + "1/minute/2025-12-03/2025-12-03",
        Map.of("Accept-Encoding", "gzip", "Authorization", "Bearer " + Exchange.KEY));
    assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void shouldSearchAndPageTickers() {
    List<JsonObject> found = pages("/v3/reference/tickers?search=BERK&limit=1");
    assertThat(found).extracting(row -> row.getString("ticker")).containsExactly("BRK.A", "BRK.B");
    assertThat(pages("/v3/reference/tickers?limit=70")).hasSizeBetween(190, 230);
    assertThat(
            exchange.json("/v3/reference/tickers/SPY").getJsonObject("results").getString("type"))
        .isEqualTo("ETF");
  }

  @Test
  void shouldTakeSnapshotsAndLeaveOutUnknownTickers() {
    String path = "/v2/snapshot/locale/us/markets/stocks/tickers";
    JsonObject many = exchange.json(path + "?tickers=SPY,NOPE,BRK.B");
    assertThat(many.getInteger("count")).isEqualTo(2);
    JsonObject one = exchange.json(path + "/BRK.B").getJsonObject("ticker");
    JsonObject quote = one.getJsonObject("lastQuote");
    assertThat(quote.getDouble("p")).isPositive().isLessThan(quote.getDouble("P"));
    JsonObject previous =
        exchange.json("/v2/aggs/ticker/BRK.B/prev").getJsonArray("results").getJsonObject(0);
    assertThat(one.getJsonObject("prevDay").getDouble("c")).isEqualTo(previous.getDouble("c"));
    assertThat(exchange.get(path + "/NOPE").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldAdjustForSplits() {
    JsonObject split = exchange
        .json("/v3/reference/splits?execution_date.gte=2025-01-01&limit=1")
        .getJsonArray("results")
        .getJsonObject(0);
    String range = "/v2/aggs/ticker/" + split.getString("ticker") + "/range/1/day/2025-06-01/"
        + "2025-06-05?adjusted=";
    JsonArray raw = exchange.json(range + false).getJsonArray("results");
    JsonArray adjusted = exchange.json(range + true).getJsonArray("results");
    double factor = split.getDouble("split_from") / split.getDouble("split_to");
    double expected = raw.getJsonObject(0).getDouble("c") * factor;
    assertThat(adjusted.getJsonObject(0).getDouble("c")).isCloseTo(expected, within(0.001));
  }

  @Test
  void shouldTellTheMarketsStatus() {
    assertThat(exchange.json("/v1/marketstatus/now").getString("market")).isEqualTo("open");
    JsonArray upcoming = exchange.get("/v1/marketstatus/upcoming").bodyAsJsonArray();
    assertThat(upcoming.getJsonObject(0).getString("date")).isEqualTo("2025-12-24");
    assertThat(upcoming.getJsonObject(0).getString("status")).isEqualTo("early-close");
    assertThat(upcoming.getJsonObject(3).getString("name")).isEqualTo("Christmas");
  }
}
