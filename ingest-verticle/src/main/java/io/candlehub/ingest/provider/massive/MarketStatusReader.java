package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.MarketStatus;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the answer of the market status endpoint, a small object without the usual envelope (OpenAPI document,
 * {@code /v1/marketstatus/now}). Confined to one event loop.
 */
final class MarketStatusReader extends SmallAnswer {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_EXCHANGES = 50;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z_-]{0,31}");

  MarketStatusReader() {
    super(MAX_BYTES);
  }

  /** Returns true if the answer tells what the market does. */
  boolean isTelling() {
    return isWellFormed() && WORD.matcher(text("market")).matches();
  }

  /** Returns what the answer tells; what is not as documented is left out. */
  MarketStatus marketStatus(long askedAtMillis) {
    return new MarketStatus(
        text("market"),
        exchanges(),
        serverTime(),
        Boolean.TRUE.equals(body().getValue("earlyHours")),
        Boolean.TRUE.equals(body().getValue("afterHours")),
        askedAtMillis);
  }

  private Map<String, String> exchanges() {
    Map<String, String> words = new TreeMap<>();
    if (body().getValue("exchanges") instanceof JsonObject given) {
      for (String name : given.fieldNames()) {
        if (words.size() < MAX_EXCHANGES
            && WORD.matcher(name).matches()
            && given.getValue(name) instanceof String word
            && WORD.matcher(word).matches()) {
          words.put(name, word);
        }
      }
    }
    return words;
  }

  private String serverTime() {
    try {
      return OffsetDateTime.parse(text("serverTime")).toString();
    } catch (DateTimeException e) {
      return "";
    }
  }
}
