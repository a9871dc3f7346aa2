package io.candlehub.simulator.fault;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads fault documents and says what is wrong with those it refuses. */
public final class FaultReader {
  private static final Set<String> KEYS = Set.of(
      "kind",
      "market",
      "channel",
      "path",
      "symbol",
      "status",
      "retryAfter",
      "percent",
      "millis",
      "count",
      "seconds",
      "marketSeconds");
  private static final Set<String> MARKETS = Set.of("", "stocks", "options", "indices", "tradier");

  private FaultReader() {}

  /**
   * Reads a JSON list of faults.
   *
   * @throws IllegalArgumentException if the document is malformed; the message says where and what is allowed
   */
  public static List<Fault> read(Buffer body) {
    JsonArray list;
    try {
      list = body.length() == 0 ? null : new JsonArray(body);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("the body is not a JSON list of faults", e);
    }
    if (list == null) {
      throw new IllegalArgumentException("the body is empty; a JSON list of faults is expected");
    }
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.getValue(i) instanceof JsonObject object)) {
        throw new IllegalArgumentException("fault " + i + " is not an object");
      }
      faults.add(read(new Document(i, object)));
    }
    return List.copyOf(faults);
  }

  private static Fault read(Document document) {
    document.refuseUnknown();
    String name = document.text("kind");
    FaultKind kind = FaultKind.of(name).orElseThrow(() -> document.refused("kind", name, kinds()));
    String market = document.text("market");
    if (!MARKETS.contains(market)) {
      throw document.refused("market", market, "stocks, options, indices or tradier");
    }
    String channel = document.text("channel");
    if (kind == FaultKind.REFUSE_CHANNEL && channel.isEmpty()) {
      throw document.refused("channel", channel, "the channel to refuse, for example A");
    }
    String symbol = document.text("symbol");
    if (kind == FaultKind.HALT && symbol.isEmpty()) {
      throw document.refused("symbol", symbol, "the symbol to halt, for example SPY");
    }
    if (kind == FaultKind.DRIFT && symbol.isEmpty()) {
      throw document.refused("symbol", symbol, "the share or fund to move, for example SPY");
    }
    String path = document.text("path");
    if (!path.isEmpty() && (!path.startsWith("/") || !kind.hitsRequests())) {
      throw document.refused(
          "path", path, "the start of a REST path, for rate-limit, error, slow, empty, poor");
    }
    Fault.Limit limit = limit(document, kind);
    return new Fault(
        kind,
        market,
        channel,
        path,
        symbol,
        (int) document.number("status", kind == FaultKind.ERROR ? 500 : 0, 400, 599),
        (int) document.number("retryAfter", -1, 0, 86_400),
        kind == FaultKind.DRIFT
            ? document.number("percent", 5, -50, 50)
            : document.number("percent", 100, 0, 100),
        (long) document.number("millis", kind == FaultKind.LATE ? 30_000 : 3_000, 0, 3_600_000),
        limit);
  }

  private static Fault.Limit limit(Document document, FaultKind kind) {
    Fault.Limit limit = new Fault.Limit(
        (long) document.number("count", -1, 1, 1e12),
        document.number("seconds", -1, 0, 1e9),
        document.number("marketSeconds", -1, 0, 1e9));
    boolean timed = kind == FaultKind.HALT || kind == FaultKind.DRIFT;
    if (timed && limit.seconds() < 0 && limit.marketSeconds() < 0) {
      throw document.refused("seconds", "", "how long it lasts, or marketSeconds");
    }
    if (limit.isNone() && kind.isOneShot()) {
      return new Fault.Limit(0, -1, -1);
    }
    return limit;
  }

  private static String kinds() {
    StringBuilder names = new StringBuilder("one of");
    for (FaultKind kind : FaultKind.values()) {
      names.append(' ').append(kind.wireName());
    }
    return names.toString();
  }

  private record Document(int index, JsonObject object) {
    void refuseUnknown() {
      for (String key : object.fieldNames()) {
        if (!KEYS.contains(key)) {
          throw new IllegalArgumentException("fault " + index + ": unknown key '" + key
              + "'; allowed: " + String.join(", ", sorted()));
        }
      }
    }

    private static List<String> sorted() {
      return KEYS.stream().sorted().toList();
    }

    String text(String key) {
      Object value = object.getValue(key);
      if (value == null) {
        return "";
      }
      if (value instanceof String text) {
        return text;
      }
      throw refused(key, value.toString(), "a text");
    }

    double number(String key, double fallback, double min, double max) {
      Object value = object.getValue(key);
      if (value == null) {
        return fallback;
      }
      if (value instanceof Number number
          && number.doubleValue() >= min
          && number.doubleValue() <= max) {
        return number.doubleValue();
      }
      throw refused(key, value.toString(), "a number from " + (long) min + " to " + (long) max);
    }

    IllegalArgumentException refused(String key, String value, String allowed) {
      return new IllegalArgumentException(
          "fault " + index + ": " + key + " = '" + value + "' is not allowed: " + allowed);
    }
  }
}
