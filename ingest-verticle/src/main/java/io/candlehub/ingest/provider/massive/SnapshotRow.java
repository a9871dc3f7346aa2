package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What a row of the snapshot endpoints tells (OpenAPI document, option chain and unified snapshot): parts are often
 * missing, by plan or because nothing happened, and then they are NaN or empty here. What is there but cannot be is
 * counted and missing too. Confined to one event loop and reused from row to row.
 */
final class SnapshotRow {
  /** A number, by the object and the name it has there; those of the row itself have no object. */
  enum Part {
    BID("last_quote", "bid"),
    BID_SIZE("last_quote", "bid_size"),
    ASK("last_quote", "ask"),
    ASK_SIZE("last_quote", "ask_size"),
    QUOTED_AT("last_quote", "last_updated"),
    TRADE("last_trade", "price"),
    TRADED_AT("last_trade", "sip_timestamp"),
    TRADE_TOLD_AT("last_trade", "last_updated"),
    TRADE_MADE_AT("last_trade", "participant_timestamp"),
    OPEN("session", "open"),
    HIGH("session", "high"),
    LOW("session", "low"),
    CLOSE("session", "close"),
    VOLUME("session", "volume"),
    PREVIOUS_CLOSE("session", "previous_close"),
    SESSION_AT("session", "last_updated"),
    DELTA("greeks", "delta"),
    GAMMA("greeks", "gamma"),
    THETA("greeks", "theta"),
    VEGA("greeks", "vega"),
    SHARES("details", "shares_per_contract"),
    SPOT("underlying_asset", "price"),
    SPOT_VALUE("underlying_asset", "value"),
    SPOT_AT("underlying_asset", "last_updated"),
    VOLATILITY("", "implied_volatility"),
    OPEN_INTEREST("", "open_interest"),
    VALUE("", "value"),
    VALUE_AT("", "last_updated");

    private final String place;

    Part(String object, String name) {
      place = object + "." + name;
    }
  }

  /** A text, likewise. */
  enum Word {
    TICKER("", "ticker"),
    NAME("", "name"),
    ERROR("", "error"),
    CONTRACT("details", "ticker"),
    STYLE("details", "exercise_style");

    private final String place;

    Word(String object, String name) {
      place = object + "." + name;
    }
  }

  /** Chains call the session the day. */
  private static final String DAY = "day";

  private static final Map<String, Part> PARTS = new HashMap<>();
  private static final Map<String, Word> WORDS = new HashMap<>();
  private static final long NANOS_PER_MILLI = 1_000_000;

  static {
    for (Part part : Part.values()) {
      PARTS.put(part.place, part);
    }
    for (Word word : Word.values()) {
      WORDS.put(word.place, word);
    }
  }

  private final FeedMeters meters;
  private final Map<Part, Double> numbers = new EnumMap<>(Part.class);
  private final Map<Part, Long> wholes = new EnumMap<>(Part.class);
  private final Map<Word, String> words = new EnumMap<>(Word.class);

  SnapshotRow(FeedMeters meters) {
    this.meters = meters;
  }

  /** Forgets the last row. */
  void clear() {
    numbers.clear();
    wholes.clear();
    words.clear();
  }

  /** Takes a field of the row. */
  void take(String name, JsonToken token, JsonParser parser) throws IOException {
    take("", name, token, parser);
  }

  /** Takes a member of an object in the row. */
  void take(String object, String name, JsonToken token, JsonParser parser) throws IOException {
    String place = (object.equals(DAY) ? "session" : object) + "." + name;
    Word word = WORDS.get(place);
    if (word != null && token == JsonToken.VALUE_STRING) {
      words.put(word, parser.getText());
    }
    Part part = PARTS.get(place);
    if (part != null) {
      number(part, token, parser);
    }
  }

  private void number(Part part, JsonToken token, JsonParser parser) throws IOException {
    if (token.isNumeric()) {
      numbers.put(part, parser.getDoubleValue());
      wholes.put(part, whole(token, parser));
    } else if (token != JsonToken.VALUE_NULL) {
      meters.violation(Violation.WRONG_TYPE);
    }
  }

  /** Returns a number cut to a whole one, more exact than a double if it is written so; 0 if it is none. */
  static long whole(JsonToken token, JsonParser parser) throws IOException {
    if (!token.isNumeric()) {
      return 0;
    }
    return token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER
        ? parser.getLongValue()
        : (long) parser.getDoubleValue();
  }

  /** Returns a text, empty if it is not told. */
  String word(Word word) {
    return words.getOrDefault(word, "");
  }

  /** Returns a number of any sign. */
  double number(Part part) {
    double number = numbers.getOrDefault(part, Double.NaN);
    if (Double.isInfinite(number)) {
      meters.violation(Violation.NOT_FINITE);
      return Double.NaN;
    }
    return number;
  }

  /** Returns a price; 0 says that there is none. */
  double price(Part part) {
    double price = number(part);
    if (price < 0) {
      meters.violation(Violation.NOT_POSITIVE);
    }
    return price > 0 ? price : Double.NaN;
  }

  /** Returns a price, or another one if it is not told. */
  double price(Part part, Part other) {
    double price = price(part);
    return Double.isNaN(price) ? price(other) : price;
  }

  /** Returns a number of things, 0 or more. */
  double count(Part part) {
    double count = number(part);
    if (count < 0) {
      meters.violation(Violation.NEGATIVE_VOLUME);
      return Double.NaN;
    }
    return count;
  }

  /** Returns the latest of some times, which are told in nanos, in epoch millis; 0 if none is told. */
  long newestMillis(Part... times) {
    long newest = 0;
    for (Part time : times) {
      newest = Math.max(newest, wholes.getOrDefault(time, 0L) / NANOS_PER_MILLI);
    }
    return newest;
  }
}
