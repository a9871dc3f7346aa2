package io.candlehub.ingest.provider.tradier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * One object of an answer or of the stream, or one bare value of a list, whose field has no name. Fields of an object
 * within it have its name before theirs, as in {@code greeks.delta}.
 *
 * <p>The provider writes numbers as numbers in answers and mostly as texts in the stream; here they are the same. A
 * number that is absent, {@code null}, an empty text or {@code NaN} is NaN. Confined to one event loop and reused.
 */
final class Row {
  private static final int LONGEST_NUMBER = 32;
  private static final int LONGEST_TEXT = 1_000;
  private static final int MOST_FIELDS = 200;
  private static final double LATEST_MILLIS = 1e14;
  private static final double LATEST_EXACT = 1L << 53;

  private final Map<String, Object> fields = new HashMap<>();
  private boolean wrong;

  /** Forgets everything. */
  void clear() {
    fields.clear();
    wrong = false;
  }

  /** Takes the value at which the parser stands; nested ones count as absent. */
  void put(String name, JsonToken token, JsonParser parser) throws IOException {
    if (fields.size() >= MOST_FIELDS) {
      return;
    }
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      fields.put(name, text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    } else if (token.isNumeric()) {
      fields.put(name, parser.getDoubleValue());
    } else if (token.isBoolean()) {
      fields.put(name, token == JsonToken.VALUE_TRUE);
    } else {
      fields.remove(name);
    }
  }

  /** Returns true if a value was something it must not be. */
  boolean isWrong() {
    return wrong;
  }

  /** Returns true if there is a field with a value. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Returns a text, empty if there is none. */
  String text(String name) {
    return fields.get(name) instanceof String text ? text.strip() : "";
  }

  /** Returns true if a field says so. */
  boolean flag(String name) {
    Object value = fields.get(name);
    return Boolean.TRUE.equals(value) || "true".equals(value);
  }

  /** Returns a number, NaN if there is none. */
  double number(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Double.NaN;
    }
    double number = value instanceof Double given ? given : ofText(text(name));
    if (Double.isInfinite(number)) {
      wrong = true;
      return Double.NaN;
    }
    return number;
  }

  /** Returns a price, NaN if there is none: 0 is no price. */
  double price(String name) {
    double price = number(name);
    return price == 0 ? Double.NaN : price;
  }

  /** Returns a whole number of which a double loses nothing, 0 if there is none. */
  long whole(String name) {
    double number = number(name);
    if (number >= 0 && number < LATEST_EXACT && number == Math.rint(number)) {
      return (long) number;
    }
    wrong |= !Double.isNaN(number);
    return 0;
  }

  /** Returns an instant in epoch millis, 0 if there is none. */
  long millis(String name) {
    long millis = whole(name);
    if (millis >= LATEST_MILLIS) {
      wrong = true;
      return 0;
    }
    return millis;
  }

  private double ofText(String text) {
    if (text.isEmpty() || text.equalsIgnoreCase("nan") || text.equals("null")) {
      return Double.NaN;
    }
    if (text.length() <= LONGEST_NUMBER && text.chars().allMatch(Row::isOfNumber)) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        wrong = true;
        return Double.NaN;
      }
    }
    wrong = true;
    return Double.NaN;
  }

  /** Letters that Java would take as well, as in {@code 0x1p3} or {@code 1d}, are none of JSON's. */
  private static boolean isOfNumber(int c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }
}
