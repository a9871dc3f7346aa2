package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A chart library's side of the Universal Data Feed. The requests have the parameters, the order and the encoding of
 * TradingView's own adapter, and like it this client reads the body alone and follows the name that {@code /symbols} gave.
 */
final class UdfClient {
  private final HubProcess hub;

  UdfClient(HubProcess hub) {
    this.hub = hub;
  }

  /** One bar as the columns of an answer have it. */
  record Row(long seconds, double open, double high, double low, double close, double volume) {}

  /** What a request for bars brought: the word, the bars, and where older ones are if it said so. */
  record Page(String word, List<Row> rows, long nextSeconds) {}

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Object ask(String path) throws Exception {
    HttpResponse<String> answer = hub.get("/udf/" + path);
    return Json.decodeValue(answer.body());
  }

  private JsonObject object(String path) throws Exception {
    return (JsonObject) ask(path);
  }

  JsonObject config() throws Exception {
    return object("config");
  }

  JsonObject symbol(String name) throws Exception {
    return object("symbols?symbol=" + encoded(name) + "&currencyCode=&unitId=");
  }

  JsonArray search(String typed, String type, String exchange) throws Exception {
    return (JsonArray) ask("search?limit=30&query=" + encoded(typed.toUpperCase(Locale.ROOT))
        + "&type=" + encoded(type) + "&exchange=" + encoded(exchange));
  }

  long time() throws Exception {
    return ((Number) ask("time")).longValue();
  }

  JsonObject quotes(String... names) throws Exception {
    return object("quotes?symbols=" + encoded(String.join(",", names)));
  }

  JsonObject marks(String symbol, String resolution, long from, long to) throws Exception {
    return object("marks?" + range(symbol, resolution, from, to));
  }

  JsonArray timescaleMarks(String symbol, String resolution, long from, long to) throws Exception {
    return (JsonArray) ask("timescale_marks?" + range(symbol, resolution, from, to));
  }

  private static String range(String symbol, String resolution, long from, long to) {
    return "symbol=" + encoded(symbol) + "&from=" + from + "&to=" + to + "&resolution="
        + encoded(resolution);
  }

  /** Asks for a range of bars, as adapters do that do not count. */
  Page history(String symbol, String resolution, long from, long to) throws Exception {
    return page("history?symbol=" + encoded(symbol) + "&resolution=" + encoded(resolution)
        + "&from=" + from + "&to=" + to);
  }

  /** Asks for so many bars before an instant. */
  Page history(String symbol, String resolution, long from, long to, int countback)
      throws Exception {
    return page("history?symbol=" + encoded(symbol) + "&resolution=" + encoded(resolution)
        + "&from=" + from + "&to=" + to + "&countback=" + countback);
  }

  private Page page(String path) throws Exception {
    JsonObject answer = object(path);
    String word = answer.getString("s");
    assertThat(word).as(path + " " + answer.getString("errmsg")).isIn("ok", "no_data");
    List<Row> rows = word.equals("ok") ? rows(answer) : List.of();
    assertThat(rows.stream().map(Row::seconds)).isSorted().doesNotHaveDuplicates();
    return new Page(word, rows, answer.getLong("nextTime", -1L));
  }

  private static List<Row> rows(JsonObject answer) {
    int count = answer.getJsonArray("t").size();
    for (String column : List.of("o", "h", "l", "c", "v")) {
      assertThat(answer.getJsonArray(column)).hasSize(count);
    }
    return IntStream.range(0, count)
        .mapToObj(i -> new Row(
            answer.getJsonArray("t").getLong(i),
            answer.getJsonArray("o").getDouble(i),
            answer.getJsonArray("h").getDouble(i),
            answer.getJsonArray("l").getDouble(i),
            answer.getJsonArray("c").getDouble(i),
            answer.getJsonArray("v").getDouble(i)))
        .toList();
  }

  /** Loads pages of a chart before an instant, as a reader does who scrolls to the left. */
  List<Row> scrollBack(String symbol, String resolution, long to, int countback, int pages)
      throws Exception {
    List<Row> chart = new ArrayList<>();
    long before = to;
    for (int i = 0; i < pages; i++) {
      Page page = history(symbol, resolution, before - 1, before, countback);
      if (page.rows().isEmpty()) {
        break;
      }
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(countback);
      assertThat(page.rows().get(page.rows().size() - 1).seconds()).isLessThan(before);
      List<Row> older = new ArrayList<>(page.rows());
      Collections.reverse(older);
      chart.addAll(older);
      before = page.rows().get(0).seconds();
    }
    Collections.reverse(chart);
    return chart;
  }
}
