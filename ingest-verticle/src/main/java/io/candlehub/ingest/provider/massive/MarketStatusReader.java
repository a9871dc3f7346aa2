package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.provider.AnswerReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
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
final class MarketStatusReader implements AnswerReader {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_EXCHANGES = 50;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z_-]{0,31}");

  private final Buffer bytes = Buffer.buffer();
  private JsonObject body = new JsonObject();
  private boolean tooLong;

  @Override
  public void feed(Buffer chunk) {
    tooLong |= bytes.length() + chunk.length() > MAX_BYTES;
    if (!tooLong) {
      bytes.appendBuffer(chunk);
    }
  }

  @Override
  public void finish() {
    try {
      body = new JsonObject(bytes);
    } catch (DecodeException | ClassCastException e) {
      body = new JsonObject();
    }
  }

  @Override
  public boolean isWellFormed() {
    return !tooLong && !body.isEmpty();
  }

  @Override
  public String status() {
    return text("status");
  }

  @Override
  public String problem() {
    String error = text("error");
    return error.isEmpty() ? text("message") : error;
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
        Boolean.TRUE.equals(body.getValue("earlyHours")),
        Boolean.TRUE.equals(body.getValue("afterHours")),
        askedAtMillis);
  }

  private Map<String, String> exchanges() {
    Map<String, String> words = new TreeMap<>();
    if (body.getValue("exchanges") instanceof JsonObject given) {
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

  private String text(String name) {
    return body.getValue(name) instanceof String text ? text : "";
  }
}
