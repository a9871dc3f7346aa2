package io.candlehub.gateway.udf;

import static io.candlehub.gateway.udf.UdfMarket.millis;
import static io.candlehub.gateway.udf.UdfMarket.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.Charts;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The market's time is {@link Charts#START}: Tuesday, 14 November 2023, 17:14 New York. */
@Timeout(30)
class UdfRoutesTest {
  private static final String OPEN = "2023-11-14T09:30:00-05:00";
  private static final String OLD_CALL = "O:OLD240119C00150000";
  private static final long NOW = Charts.START / 1_000;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayFixture();
    UdfMarket market = new UdfMarket(gateway);
    market.put("SPY", Timeframe.M1, OPEN, 390, 60);
    market.put("SPY", Timeframe.D1, "2023-11-13T00:00:00-05:00", 2, 86_400);
    market.put("SPY", Timeframe.W1, "2023-11-06T00:00:00-05:00", 2, 7 * 86_400);
    market.put("OLD", Timeframe.M1, "2021-03-05T09:30:00-05:00", 30, 60);
    market.put("OLD", Timeframe.D1, "2021-03-05T00:00:00-05:00", 1, 0);
    market.put(OLD_CALL, Timeframe.M1, "2021-03-05T08:30:00-05:00", 30, 60);
    market.put("MANY", Timeframe.M1, "2023-11-06T09:30:00-05:00", 11_000, 60);
    market.put("RARE", Timeframe.M1, "2023-08-01T12:00:00-04:00", 100, 86_400);
    market.put("F:GC", Timeframe.D1, "2023-11-14T00:00:00-05:00", 1, 0);
    market.put("BRK/B", Timeframe.M1, OPEN, 3, 60);
    market.put("MÜV2", Timeframe.M1, OPEN, 3, 60);
    market.put("MARKS", Timeframe.M1, UdfMarket.bar(millis(OPEN), 10, 2));
    market.put("MARKS", Timeframe.M1, UdfMarket.bar(millis(OPEN) + 60_000, 10, 0));
    long at = millis("2023-11-14T11:00:00-05:00");
    market.put(new Interval(at, at + 60_000, IntervalState.OUTAGE));
    market.put(new Interval(at + 60_000, at + 120_000, IntervalState.QUIET));
    market.put(new Interval(at + 120_000, at + 180_000, IntervalState.HALTED));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonObject ok(String path) {
    Answer answer = gateway.get(path);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).startsWith("application/json");
    return answer.json();
  }

  private static JsonObject history(String symbol, String resolution, String rest) {
    return ok("/udf/history?symbol=" + encoded(symbol) + "&resolution=" + resolution + rest);
  }

  private static List<Long> times(JsonObject history) {
    assertThat(history.getString("s")).isEqualTo("ok");
    return history.getJsonArray("t").stream()
        .map(it -> ((Number) it).longValue())
        .toList();
  }

  @Test
  void shouldTellWhatItOffers() {
    JsonObject config = ok("/udf/config");
    assertThat(config.getBoolean("supports_search")).isTrue();
    assertThat(config.getBoolean("supports_group_request")).isFalse();
    assertThat(config.getBoolean("supports_time")).isTrue();
    assertThat(config.getJsonArray("supported_resolutions"))
        .containsExactly("1S", "5S", "15S", "1", "5", "15", "30", "60", "240", "1D", "1W");
    assertThat(config.getJsonArray("exchanges").getJsonObject(0).getString("value"))
        .isEmpty();
  }

  @Test
  void shouldDescribeASymbol() {
    JsonObject info = ok("/udf/symbols?symbol=NASDAQ%3ASPY&currencyCode=&unitId=");
    assertThat(info.getString("s")).isNull();
    assertThat(info.getString("name")).isEqualTo("SPY");
    assertThat(info.getString("ticker")).isEqualTo("SPY");
    assertThat(info.getString("description")).isEqualTo("SPY Incorporated");
    assertThat(info.getString("type")).isEqualTo("fund");
    assertThat(info.getString("exchange")).isEqualTo("NASDAQ");
    assertThat(info.getString("timezone")).isEqualTo("America/New_York");
    assertThat(info.getString("session")).isEqualTo("0400-2000");
    assertThat(info.getString("session-regular")).isEqualTo("0930-1600");
    assertThat(info.getString("corrections")).contains("0400-1700:20231124");
    assertThat(info.getString("session_holidays")).contains("20231123");
    assertThat(info.getInteger("pricescale")).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "F:ES, F:ES, futures, 1800-1700, 25, 100, ohlcv",
    "CME:F:ESZ5, F:ESZ5, futures, 1800-1700, 25, 100, ohlcv",
    "F:XX, F:XX, futures, 1800-1700, 1, 1000000, ohlcv",
    "I:SPX, I:SPX, index, 0930-1615, 1, 100, ohlc",
    "O:SPY251219C00650000, O:SPY251219C00650000, option, 0400-2000, 1, 100, ohlcv",
    "NYSE:F, F, stock, 0400-2000, 1, 100, ohlcv",
    "BRK.B, BRK.B, stock, 0400-2000, 1, 100, ohlcv",
    "BRK/B, BRK/B, stock, 0400-2000, 1, 100, ohlcv",
    "XETR:MÜV2, MÜV2, stock, 0400-2000, 1, 100, ohlcv",
    "BLIND, BLIND, stock, 0400-2000, 1, 100, ohlcv"
  })
  void shouldDescribeEveryClass(
      String name, String ticker, String type, String session, int step, int scale, String plots) {
    JsonObject info = ok("/udf/symbols?symbol=" + encoded(name));
    assertThat(info.getString("ticker")).isEqualTo(ticker);
    assertThat(info.getString("type")).isEqualTo(type);
    assertThat(info.getString("session")).isEqualTo(session);
    assertThat(info.getInteger("minmov")).isEqualTo(step);
    assertThat(info.getInteger("pricescale")).isEqualTo(scale);
    assertThat(info.getString("visible_plots_set")).isEqualTo(plots);
  }

  @Test
  void shouldReturnBarsInColumnsFromTheStartToBeforeTheEnd() {
    long open = seconds(OPEN);
    JsonObject answer = history("SPY", "1", "&from=" + open + "&to=" + (open + 180));
    assertThat(times(answer)).containsExactly(open, open + 60, open + 120);
    assertThat(answer.getJsonArray("o")).containsExactly(10, 11, 12);
    assertThat(answer.getJsonArray("h")).containsExactly(10.5, 11.5, 12.5);
    assertThat(answer.getJsonArray("l")).containsExactly(9.75, 10.75, 11.75);
    assertThat(answer.getJsonArray("c")).containsExactly(10.125, 11.125, 12.125);
    assertThat(answer.getJsonArray("v")).containsExactly(100, 100, 100);
  }

  @Test
  void shouldLetTheCountBeatTheStart() {
    long open = seconds(OPEN);
    String rest = "&from=" + (open + 290 * 60) + "&to=" + (open + 300 * 60) + "&countback=200";
    List<Long> times = times(history("SPY", "1", rest));
    assertThat(times).hasSize(200).isSorted();
    assertThat(times.get(0)).isEqualTo(open + 100 * 60);
    assertThat(times.get(199)).isEqualTo(open + 299 * 60);
  }

  @Test
  void shouldPageToTheFirstBarAndSayThatThereIsNoMore() {
    long open = seconds(OPEN);
    long to = NOW;
    int found = 0;
    while (true) {
      JsonObject page = history("SPY", "1", "&from=0&to=" + to + "&countback=100");
      if (page.getString("s").equals("no_data")) {
        assertThat(page.containsKey("nextTime")).isFalse();
        break;
      }
      List<Long> times = times(page);
      assertThat(times.get(times.size() - 1)).isEqualTo(Math.min(to, open + 390 * 60) - 60);
      found += times.size();
      to = times.get(0);
    }
    assertThat(to).isEqualTo(open);
    assertThat(found).isEqualTo(390);
  }

  @Test
  void shouldFindBarsHoweverFarBackTheyAre() {
    List<Long> times =
        times(history("OLD", "1", "&from=" + (NOW - 600) + "&to=" + NOW + "&countback=300"));
    assertThat(times).hasSize(30).startsWith(seconds("2021-03-05T09:30:00-05:00"));
  }

  /** Its bars are the underlying's, which begin before options trade, on days on which that was traded. */
  @Test
  void shouldFindTheBarsOfAnOptionsIntradayChartWhereItsUnderlyingsAre() {
    JsonObject found =
        history(OLD_CALL, "1", "&from=" + (NOW - 600) + "&to=" + NOW + "&countback=300");
    assertThat(times(found)).hasSize(30).startsWith(seconds("2021-03-05T08:30:00-05:00"));
  }

  @Test
  void shouldFindAllOfALongRangeWhoseBarsAreFewOrOld() {
    String range = "&from=" + seconds("2019-01-01T00:00:00Z") + "&to=" + NOW;
    assertThat(times(history("RARE", "1", range))).hasSize(100);
    assertThat(times(history("OLD", "1", range))).hasSize(30);
    String later = "&from=" + seconds("2021-03-05T14:45:00Z") + "&to=" + NOW;
    assertThat(times(history("OLD", "1", later))).hasSize(15);
    String none = "&from=" + seconds("2021-03-06T00:00:00Z") + "&to=" + NOW;
    assertThat(history("OLD", "1", none).getLong("nextTime"))
        .isEqualTo(seconds("2021-03-05T09:59:00-05:00"));
  }

  @Test
  void shouldTellWhereTheNextOlderBarIs() {
    JsonObject empty = history("OLD", "1", "&from=" + (NOW - 600) + "&to=" + NOW);
    assertThat(empty.getString("s")).isEqualTo("no_data");
    assertThat(empty.getLong("nextTime")).isEqualTo(seconds("2021-03-05T09:59:00-05:00"));
    JsonObject future = history("SPY", "1", "&from=" + (NOW + 60) + "&to=" + (NOW + 600));
    assertThat(future.getLong("nextTime")).isEqualTo(seconds(OPEN) + 389 * 60);
  }

  @Test
  void shouldNameDaysAndWeeksByMidnightUtc() {
    long day = seconds("2023-11-14T00:00:00Z");
    assertThat(times(history("SPY", "1D", "&from=0&to=" + NOW + "&countback=5")))
        .containsExactly(day - 86_400, day);
    assertThat(times(history("SPY", "D", "&from=" + (day - 86_400) + "&to=" + day)))
        .containsExactly(day - 86_400);
    assertThat(times(history("SPY", "1W", "&from=" + (day - 30 * 86_400) + "&to=" + NOW)))
        .containsExactly(day - 8 * 86_400, day - 86_400);
    assertThat(times(history("COMEX:F:GC", "1D", "&from=" + day + "&to=" + (day + 1))))
        .containsExactly(day);
  }

  @Test
  void shouldKeepTheNewestOfTooMany() {
    String range = "&from=" + seconds("2023-11-01T00:00:00-04:00") + "&to=" + NOW;
    List<Long> times = times(history("MANY", "1", range));
    assertThat(times).hasSize(5_000);
    assertThat(times.get(times.size() - 1))
        .isEqualTo(seconds("2023-11-06T09:30:00-05:00") + 10_999 * 60);
    assertThat(times(history("MANY", "1", "&to=" + NOW + "&countback=100000"))).hasSize(5_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BRK/B", "MÜV2", "XETR:MÜV2"})
  void shouldTakeNamesWithAnySign(String name) {
    assertThat(times(history(name, "1", "&to=" + NOW + "&countback=9"))).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "from=-99999999&to=-5",
    "from=-99999999&to=0&countback=5",
    "from=5&to=5",
    "from=0&to=1&countback=300"
  })
  void shouldAnswerNoDataWhereNothingCanBe(String range) {
    assertThat(history("SPY", "1", "&" + range).getString("s")).isEqualTo("no_data");
  }

  @ParameterizedTest
  @CsvSource({
    "/udf/symbols, 400, INVALID_PARAMETER, symbol is missing",
    "/udf/symbols?symbol=%20, 400, INVALID_PARAMETER, symbol must be",
    "/udf/symbols?symbol=NONE, 404, UNKNOWN_INSTRUMENT, unknown_symbol",
    "/udf/symbols?symbol=O%3ANONE251219C00650000, 404, CONTRACT_NOT_FOUND, unknown_symbol",
    "/udf/symbols?symbol=NYSE%3ANONE, 404, UNKNOWN_INSTRUMENT, unknown_symbol",
    "/udf/history?symbol=NONE&resolution=1&to=9, 400, INVALID_PARAMETER, from is missing",
    "/udf/history?symbol=NONE&resolution=1&from=0&to=1700000000, 404, UNKNOWN_INSTRUMENT, unknown",
    "/udf/history?symbol=SPY&from=0&to=9, 400, INVALID_PARAMETER, resolution",
    "/udf/history?symbol=SPY&resolution=7&from=0&to=9, 400, INVALID_PARAMETER, resolution",
    "/udf/history?symbol=SPY&resolution=1&from=9&to=0, 400, INVALID_PARAMETER, from",
    "/udf/history?symbol=SPY&resolution=1&from=x&to=0, 400, INVALID_PARAMETER, from",
    "/udf/history?symbol=SPY&resolution=1&to=9&countback=x, 400, INVALID_PARAMETER, countback",
    "/udf/history?symbol=%ZZ, 400, INVALID_PARAMETER, malformed",
    "/udf/marks?symbol=SPY&resolution=1&from=9&to=0, 400, INVALID_PARAMETER, from",
    "/udf/quotes, 400, INVALID_PARAMETER, symbols",
    "/udf/quotes?symbols=%2C, 400, INVALID_PARAMETER, symbols",
    "/udf/search?query=a&limit=0, 400, INVALID_PARAMETER, limit",
    "/udf/nothing, 404, NO_DATA, resource",
    "/udf, 404, NO_DATA, resource"
  })
  void shouldAnswerErrorsInTheFormOfTheProtocol(
      String path, int status, String code, String words) {
    Answer answer = gateway.get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().getString("s")).isEqualTo("error");
    assertThat(answer.json().getString("errmsg")).contains(words);
    assertThat(answer.json().getString("code")).isEqualTo(code);
  }

  @Test
  void shouldTellWhenToTryAgain() {
    Answer answer = gateway.get("/udf/history?symbol=SLOW&resolution=1&countback=2&to=" + NOW);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers().get("Retry-After")).isEqualTo("3");
    assertThat(answer.json().getLong("retryAfterMs")).isEqualTo(2_500);
  }

  @Test
  void shouldRefuseOtherMethodsAndForeignOriginsInTheFormOfTheProtocol() {
    Answer deleted = gateway.send(HttpMethod.DELETE, "/udf/config", Map.of(), Buffer.buffer());
    assertThat(deleted.status()).isEqualTo(405);
    assertThat(deleted.headers().get("Allow")).isEqualTo("GET, HEAD");
    assertThat(deleted.json().getString("s")).isEqualTo("error");
    Map<String, String> foreign = Map.of("Origin", "http://evil.example");
    Answer refused = gateway.send(HttpMethod.GET, "/udf/config", foreign, Buffer.buffer());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().getString("s")).isEqualTo("error");
    assertThat(gateway
            .send(HttpMethod.HEAD, "/udf/config", Map.of(), Buffer.buffer())
            .status())
        .isEqualTo(200);
  }

  @Test
  void shouldMarkWhatIsNotPlain() {
    JsonObject marks =
        ok("/udf/marks?symbol=MARKS&resolution=1&from=" + seconds(OPEN) + "&to=" + NOW);
    long at = seconds("2023-11-14T11:00:00-05:00");
    assertThat(marks.getJsonArray("label")).containsExactly("R", "O", "H");
    assertThat(marks.getJsonArray("time").stream().map(it -> ((Number) it).longValue()))
        .containsExactly(seconds(OPEN), at, at + 120);
    assertThat(marks.getJsonArray("id")).doesNotHaveDuplicates();
    assertThat(marks.fieldNames())
        .containsExactlyInAnyOrder(
            "id", "time", "color", "text", "label", "labelFontColor", "minSize");
    JsonObject none = ok("/udf/marks?symbol=MARKS&resolution=1&from=0&to=0");
    assertThat(none.getJsonArray("id")).isEmpty();
  }

  private static JsonArray timescale(String symbol, String rest) {
    return gateway.get("/udf/timescale_marks?symbol=" + symbol + rest).body().toJsonArray();
  }

  @Test
  void shouldMarkSplitsAndHalfDays() {
    long from = seconds("2023-06-01T00:00:00Z");
    long to = seconds("2023-12-31T00:00:00Z");
    String range = "&from=" + from + "&to=" + to;
    JsonArray days = timescale("SPLIT", "&resolution=1D" + range);
    assertThat(days.stream().map(it -> ((JsonObject) it).getString("id")))
        .containsExactly("split-2023-06-12", "half-2023-07-03", "half-2023-11-24");
    assertThat(days.getJsonObject(0).getLong("time")).isEqualTo(seconds("2023-06-12T00:00:00Z"));
    JsonArray words = days.getJsonObject(0).getJsonArray("tooltip");
    assertThat(words.getString(0)).contains("4 for 1");
    assertThat(words.getString(1)).isEqualTo("Told by tradier (error)");
    JsonArray minutes = timescale("SPLIT", "&resolution=1" + range);
    assertThat(minutes.getJsonObject(1).getLong("time"))
        .isEqualTo(seconds("2023-07-03T04:00:00-04:00"));
    assertThat(timescale("PLAN", "&resolution=1D&from=" + from + "&to=" + (to - 180 * 86_400)))
        .hasSize(1);
    assertThat(timescale("SPY", "&resolution=1D&from=0&to=1")).isEmpty();
    assertThat(gateway
            .get("/udf/timescale_marks?symbol=BLIND&resolution=1D" + range)
            .status())
        .isEqualTo(502);
  }

  @Test
  void shouldTellTheMarketsTimeAsABareNumber() {
    Answer answer = gateway.get("/udf/time");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toString()).isEqualTo(Long.toString(NOW));
  }

  @Test
  void shouldQuoteEveryNameAsItWasAsked() {
    JsonObject answer = ok("/udf/quotes?symbols=NASDAQ%3ASPY%2CNONE%2CMUTE%2C%3A");
    JsonArray quotes = answer.getJsonArray("d");
    assertThat(quotes.stream().map(it -> ((JsonObject) it).getString("n")))
        .containsExactly("NASDAQ:SPY", "NONE", "MUTE", ":");
    assertThat(quotes.stream().map(it -> ((JsonObject) it).getString("s")))
        .containsExactly("ok", "error", "error", "error");
    JsonObject values = quotes.getJsonObject(0).getJsonObject("v");
    assertThat(values.getString("short_name")).isEqualTo("SPY");
    assertThat(values.getInteger("bid")).isEqualTo(1);
    assertThat(quotes.getJsonObject(1).getJsonObject("v")).isEmpty();
    Answer many = gateway.get("/udf/quotes?symbols=" + "A,".repeat(200) + "A");
    assertThat(many.status()).isEqualTo(429);
  }

  @Test
  void shouldSearch() {
    JsonArray found =
        gateway.get("/udf/search?limit=30&query=SPY&type=&exchange=").body().toJsonArray();
    assertThat(found.getJsonObject(0).getString("ticker")).isEqualTo("SPY");
    assertThat(found.getJsonObject(0).getString("type")).isEqualTo("stock");
    assertThat(gateway.get("/udf/search?query=SPY&type=index&exchange=").body().toJsonArray())
        .isEmpty();
    assertThat(gateway.get("/udf/search?query=&type=&exchange=").body().toJsonArray())
        .isEmpty();
    assertThat(gateway.get("/udf/search?query=" + "A".repeat(65)).status()).isEqualTo(400);
  }
}
