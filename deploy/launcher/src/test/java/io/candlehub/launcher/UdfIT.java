package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.launcher.UdfClient.Page;
import io.candlehub.launcher.UdfClient.Row;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chart library gets by the Universal Data Feed what REST tells of the same market. */
@Timeout(180)
class UdfIT {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final String START = "2025-10-14T10:00:00-04:00";

  @TempDir
  static Path folder;

  private static HubProcess hub;
  private static UdfClient chart;

  @BeforeAll
  static void start() throws Exception {
    hub = HubProcess.start(folder, Map.of("simulator.start", START));
    chart = new UdfClient(hub);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static long seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }

  @Test
  void shouldIntroduceItself() throws Exception {
    JsonObject config = chart.config();
    assertThat(config.getBoolean("supports_search")).isTrue();
    assertThat(config.getBoolean("supports_group_request")).isFalse();
    assertThat(config.getJsonArray("supported_resolutions")).contains("1S", "1", "60", "1D", "1W");
    long market = Instant.parse(
            hub.exchange("/sim/clock").getString("marketTime").replaceAll("\\[.*", ""))
        .getEpochSecond();
    assertThat(chart.time()).isBetween(market - 10, market + 10);
  }

  @Test
  void shouldFindASymbolAndDescribeIt() throws Exception {
    JsonArray found = chart.search("brk", "", "");
    assertThat(found.stream().map(it -> ((JsonObject) it).getString("ticker"))).contains("BRK.B");
    assertThat(chart.search("spy", "stock", "")).isEmpty();
    assertThat(chart.search("spy", "fund", "NYSE ARCA")).isNotEmpty();
    JsonObject info = chart.symbol("NYSE:BRK.B");
    assertThat(info.getString("ticker")).isEqualTo("BRK.B");
    assertThat(info.getString("exchange")).isEqualTo("NYSE");
    assertThat(info.getString("session")).isEqualTo("0400-2000");
    assertThat(info.getString("corrections")).contains("0400-1700:20251128");
    assertThat(info.getString("session_holidays")).contains("20251127");
  }

  @ParameterizedTest
  @CsvSource({
    "SPY, 1, 1m, 300, 3",
    "BRK.B, 5, 5m, 200, 3",
    "AAPL, 60, 1h, 50, 3",
    "SPY, 240, 4h, 30, 2",
    "SPY, 1D, 1d, 40, 3",
    "AAPL, 1W, 1w, 10, 2"
  })
  void shouldScrollBackThroughWhatRestTells(
      String symbol, String resolution, String timeframe, int countback, int pages)
      throws Exception {
    String ticker = chart.symbol(symbol).getString("ticker");
    long to = seconds("2025-10-13T00:00:00Z");
    List<Row> rows = chart.scrollBack(ticker, resolution, to, countback, pages);
    assertThat(rows).hasSize(countback * pages);
    assertThat(rows).isEqualTo(rest(ticker, timeframe, rows.get(0).seconds(), to));
    Row first = rows.get(0);
    Row last = rows.get(rows.size() - 1);
    Page range = chart.history(ticker, resolution, first.seconds(), last.seconds());
    assertThat(range.rows()).isEqualTo(rows.subList(0, rows.size() - 1));
  }

  /** Days and weeks are called 00:00 UTC by the protocol and 00:00 New York by REST. */
  private static List<Row> rest(String symbol, String timeframe, long fromSeconds, long toSeconds)
      throws Exception {
    boolean days = timeframe.endsWith("d") || timeframe.endsWith("w");
    String from = days ? date(fromSeconds) : Long.toString(fromSeconds * 1_000);
    String to = days ? date(toSeconds - 1) : Long.toString(toSeconds * 1_000 - 1);
    JsonArray bars = hub.json("/api/market/historical/" + symbol + "?timeframe=" + timeframe
            + "&from=" + from + "&to=" + to)
        .getJsonArray("bars");
    return bars.stream()
        .map(JsonObject.class::cast)
        .map(bar -> new Row(
            days ? utcMidnight(bar.getLong("t")) : bar.getLong("t") / 1_000,
            bar.getDouble("o"),
            bar.getDouble("h"),
            bar.getDouble("l"),
            bar.getDouble("c"),
            bar.getDouble("v")))
        .toList();
  }

  private static String date(long seconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC).toString();
  }

  private static long utcMidnight(long newYorkMidnightMillis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(newYorkMidnightMillis), NEW_YORK)
        .atStartOfDay(ZoneOffset.UTC)
        .toEpochSecond();
  }

  @Test
  void shouldKeepAChartUpToDateByPolling() throws Exception {
    long now = chart.time();
    Page update = chart.history("SPY", "1", now - 600, now + 60, 2);
    assertThat(update.rows()).hasSize(2);
    assertThat(update.rows().get(1).seconds()).isBetween(now - 180, now + 60);
    Page seconds = chart.history("SPY", "1S", now - 10, now + 1, 2);
    assertThat(seconds.rows().size()).isLessThanOrEqualTo(2);
  }

  @Test
  void shouldTellOfEmptyRangesWhereOlderBarsAre() throws Exception {
    long saturday = seconds("2025-10-11T12:00:00Z");
    Page weekend = chart.history("SPY", "1", saturday, saturday + 86_400);
    assertThat(weekend.word()).isEqualTo("no_data");
    assertThat(weekend.nextSeconds())
        .isBetween(seconds("2025-10-10T20:00:00Z"), seconds("2025-10-11T00:00:00Z"));
    long tomorrow = seconds("2025-10-15T14:00:00Z");
    Page future = chart.history("SPY", "1", tomorrow, tomorrow + 600);
    assertThat(future.word()).isEqualTo("no_data");
    assertThat(future.nextSeconds()).isBetween(chart.time() - 300, chart.time());
    assertThat(chart.history("SPY", "1D", -2_000_000_000, -1_000_000_000).word())
        .isEqualTo("no_data");
    Page counted = chart.history("SPY", "1", saturday, saturday + 86_400, 5);
    assertThat(counted.rows()).hasSize(5);
    assertThat(counted.rows().get(4).seconds()).isEqualTo(weekend.nextSeconds());
  }

  @ParameterizedTest
  @CsvSource({
    "symbols?symbol=NOSUCH, unknown_symbol",
    "symbols?symbol=NYSE%3ANOSUCH&currencyCode=&unitId=, unknown_symbol",
    "symbols?symbol=F%3AGC, unknown_symbol",
    "symbols?symbol=EUR%2FUSD, unknown_symbol",
    "symbols?symbol=M%C3%9CV2, unknown_symbol",
    "symbols?symbol=, symbol is missing",
    "history?symbol=NOSUCH&resolution=1&from=1760000000&to=1760100000&countback=2, unknown_symbol",
    "history?symbol=%2F&resolution=1D&from=1760000000&to=1760100000, unknown_symbol",
    "history?symbol=SPY&resolution=3&from=1&to=2, resolution",
    "timescale_marks?symbol=SPY&from=2&to=1&resolution=1D, from"
  })
  void shouldRefuseWhatDoesNotExist(String path, String words) throws Exception {
    JsonObject refusal = (JsonObject) chart.ask(path);
    assertThat(refusal.getString("s")).isEqualTo("error");
    assertThat(refusal.getString("errmsg")).contains(words);
  }

  @Test
  void shouldQuote() throws Exception {
    String[] names = {"NYSE ARCA:SPY", "BRK.B", "NOSUCH"};
    await("a quote has both sides")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> values(chart.quotes(names)).containsKey("bid"));
    JsonArray quotes = chart.quotes(names).getJsonArray("d");
    assertThat(quotes.stream().map(it -> ((JsonObject) it).getString("n"))).containsExactly(names);
    JsonObject values = quotes.getJsonObject(0).getJsonObject("v");
    assertThat(values.getDouble("bid")).isPositive().isLessThan(values.getDouble("ask"));
    assertThat(values.getString("description")).isEqualTo("S&P 500 Fund");
    assertThat(quotes.getJsonObject(2).getString("s")).isEqualTo("error");
  }

  private static JsonObject values(JsonObject quotes) {
    return quotes.getJsonArray("d").getJsonObject(0).getJsonObject("v");
  }

  @Test
  void shouldMarkSplitsAndHalfDays() throws Exception {
    JsonArray days = chart.timescaleMarks(
        "SPY", "1D", seconds("2024-11-01T00:00:00Z"), seconds("2025-10-14T00:00:00Z"));
    assertThat(days.stream().map(it -> ((JsonObject) it).getString("id")))
        .containsExactly("half-2024-11-29", "half-2024-12-24", "half-2025-07-03");
  }

  @Test
  void shouldMarkAHalt(@TempDir Path another) throws Exception {
    Map<String, String> fast = Map.of("simulator.start", START, "simulator.speed", "20");
    try (HubProcess market = HubProcess.start(another, fast)) {
      UdfClient reader = new UdfClient(market);
      reader.history("IWM", "1", reader.time() - 600, reader.time() + 60, 2);
      market.faults(
          new JsonObject().put("kind", "halt").put("symbol", "IWM").put("marketSeconds", 600));
      await("the halt is marked")
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> reader
              .marks("IWM", "1", reader.time() - 3_600, reader.time() + 60)
              .getJsonArray("label")
              .contains("H"));
    }
  }
}
