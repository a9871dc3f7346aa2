package io.candlehub.simulator.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Lists in pages: range filters by suffix, a cursor that holds the rest of the query. Pure. */
final class Pages {
  private Pages() {}

  /** Returns true if a text passes the filters of a field. */
  static boolean fits(Ask ask, String field, String value) {
    return value.equals(ask.param(field, value))
        && value.compareTo(ask.param(field + ".gte", value)) >= 0
        && value.compareTo(ask.param(field + ".lte", value)) <= 0
        && (!ask.query().containsKey(field + ".gt")
            || value.compareTo(ask.param(field + ".gt", "")) > 0)
        && (!ask.query().containsKey(field + ".lt")
            || value.compareTo(ask.param(field + ".lt", "")) < 0);
  }

  /** Returns true if a number passes the filters of a field. */
  static boolean fits(Ask ask, String field, double value) {
    return value == number(ask, field, value)
        && value >= number(ask, field + ".gte", value)
        && value <= number(ask, field + ".lte", value)
        && value > number(ask, field + ".gt", Double.NEGATIVE_INFINITY)
        && value < number(ask, field + ".lt", Double.POSITIVE_INFINITY);
  }

  private static double number(Ask ask, String name, double fallback) {
    String text = ask.param(name, "");
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter '" + name + "' could not be parsed: " + text);
    }
  }

  /** Returns a number as it is written: whole ones without a fraction. */
  static Number plain(double value) {
    return value == Math.rint(value) ? (Number) (long) value : (Number) value;
  }

  /** Answers a page of rows. */
  static Answer page(Ask ask, String path, List<JsonObject> rows, int limit) {
    return page(ask, path, rows, limit, row -> row).put("count");
  }

  /** Makes a page of items, of which only those on the page are written. */
  static <T> Page page(
      Ask ask, String path, List<T> items, int limit, Function<T, JsonObject> write) {
    int from = Math.min(items.size(), offset(ask));
    int to = Math.min(items.size(), from + limit);
    JsonArray rows = new JsonArray();
    items.subList(from, to).forEach(item -> rows.add(write.apply(item)));
    JsonObject body = new JsonObject()
        .put("results", rows)
        .put("status", ask.okStatus())
        .put("request_id", ask.requestId());
    if (to < items.size()) {
      body.put("next_url", nextUrl(ask, path, Map.of("ap", Integer.toString(to))));
    }
    return new Page(body, to - from);
  }

  private static int offset(Ask ask) {
    try {
      return Math.max(0, Integer.parseInt(ask.param("ap", "0")));
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter 'cursor' could not be parsed.");
    }
  }

  /** Returns the address of the next page: the query so far with some parameters changed. */
  static String nextUrl(Ask ask, String path, Map<String, String> changed) {
    Map<String, String> all = new TreeMap<>(ask.query());
    all.putAll(changed);
    StringBuilder rest = new StringBuilder();
    all.forEach((name, value) -> {
      if (!name.equals("cursor") && !name.equals("apiKey")) {
        rest.append(rest.length() == 0 ? "" : "&").append(name).append('=');
        rest.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    });
    String cursor = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(rest.toString().getBytes(StandardCharsets.UTF_8));
    return ask.base() + path + "?cursor=" + cursor;
  }

  /**
   * A page.
   *
   * @param body the document
   * @param size rows on it
   */
  record Page(JsonObject body, int size) {
    /** Answers it with its number of rows under a name. */
    Answer put(String name) {
      return Answer.json(body.put(name, size));
    }

    /** Answers it. */
    Answer answer() {
      return Answer.json(body);
    }
  }
}
