package io.candlehub.ingest.provider.massive;

import java.nio.charset.StandardCharsets;

/**
 * Reads numbers, in a text as {@link JsonText} wants it, to the double that {@link Double#parseDouble} gives.
 *
 * <p>A mantissa of up to 53 bits times or divided by a power of ten that is a double itself is rounded once and thereby
 * correctly (Clinger, "How to read floating point numbers accurately", 1990); so is a whole number of up to 63 bits.
 * Everything else is left to the JDK. Up to eight digits are read in one step. Confined to one event loop.
 */
final class Decimals {
  /** Stands for a number that is not known to be whole. */
  static final long NOT_WHOLE = Long.MIN_VALUE;

  private static final int BAD = JsonText.BAD;
  private static final int MAX_TEXT = 40;
  private static final int MAX_DIGITS = 1_000;
  private static final int LONG_DIGITS = 19;
  private static final int MAX_EXPONENT = 100_000;
  private static final long EXACT = 1L << 53;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long[] WHOLE_POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private double value;
  private long whole;

  /** Returns the number read last. */
  double value() {
    return value;
  }

  /** Returns the number read last if it was written as a whole one of up to 63 bits, else {@link #NOT_WHOLE}. */
  long whole() {
    return whole;
  }

  /** Reads a JSON number and returns the position behind it, or {@link JsonText#BAD}. */
  int read(byte[] bytes, int from) {
    int end = readShort(bytes, from);
    return end < 0 ? readLong(bytes, from) : end;
  }

  /**
   * Reads a JSON number as they mostly come, of up to 15 digits before and 7 behind the point and without exponent, and
   * returns the position behind it. Another one may be good nevertheless, although {@link JsonText#BAD} is returned.
   */
  int readShort(byte[] bytes, int from) {
    boolean negative = bytes[from] == '-';
    int first = negative ? from + 1 : from;
    long word = JsonText.word(bytes, first);
    int digits = JsonText.digits(word);
    long mantissa = JsonText.number(word, digits);
    if (digits == Long.BYTES) {
      word = JsonText.word(bytes, first + Long.BYTES);
      int more = JsonText.digits(word);
      mantissa = mantissa * WHOLE_POWERS[more] + JsonText.number(word, more);
      digits += more;
    }
    int at = first + digits;
    byte next = bytes[at];
    boolean odd = digits == 0 || digits == 2 * Long.BYTES || (digits > 1 && bytes[first] == '0');
    if (odd || isExponent(next)) {
      return BAD;
    }
    if (next != '.') {
      whole = negative ? -mantissa : mantissa;
      value = negative ? -(double) mantissa : mantissa;
      return at;
    }
    word = JsonText.word(bytes, at + 1);
    int fraction = JsonText.digits(word);
    mantissa = mantissa * WHOLE_POWERS[fraction] + JsonText.number(word, fraction);
    at += fraction + 1;
    odd = fraction == 0 || fraction == Long.BYTES || digits + fraction >= LONG_DIGITS;
    if (odd || mantissa > EXACT || isExponent(bytes[at])) {
      return BAD;
    }
    double exact = mantissa / POWERS[fraction];
    whole = NOT_WHOLE;
    value = negative ? -exact : exact;
    return at;
  }

  /** Steps over a JSON number and returns the position behind it, or {@link JsonText#BAD}. */
  static int skip(byte[] bytes, int from) {
    int first = bytes[from] == '-' ? from + 1 : from;
    int at = digits(bytes, first);
    int digits = at - first;
    if (digits == 0 || (digits > 1 && bytes[first] == '0')) {
      return BAD;
    }
    if (bytes[at] == '.') {
      int point = at;
      at = digits(bytes, point + 1);
      digits += at - point - 1;
      if (at == point + 1) {
        return BAD;
      }
    }
    if (isExponent(bytes[at])) {
      int sign = bytes[at + 1] == '-' || bytes[at + 1] == '+' ? at + 2 : at + 1;
      at = digits(bytes, sign);
      digits += at - sign;
      if (at == sign) {
        return BAD;
      }
    }
    return digits > MAX_DIGITS ? BAD : at;
  }

  /**
   * Returns the value of a decimal that the provider sends as a string, for example {@code "41250.25"}, or NaN unless it
   * is up to 40 characters, digits with an optional sign and fraction.
   */
  static double parse(String text) {
    int digits = 0;
    int points = 0;
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (isDigit(c)) {
        digits++;
      } else {
        return Double.NaN;
      }
    }
    boolean good = digits > 0 && points <= 1 && text.length() <= MAX_TEXT;
    return good ? Double.parseDouble(text) : Double.NaN;
  }

  /** Reads a number with an exponent or with many digits. */
  private int readLong(byte[] bytes, int from) {
    int end = skip(bytes, from);
    if (end < 0) {
      return BAD;
    }
    boolean negative = bytes[from] == '-';
    boolean isWhole = true;
    long mantissa = 0;
    int digits = 0;
    int power = 0;
    int at = negative ? from + 1 : from;
    while (at < end && !isExponent(bytes[at])) {
      if (bytes[at] == '.') {
        isWhole = false;
      } else {
        mantissa = mantissa * 10 + (bytes[at] - '0');
        digits++;
        power -= isWhole ? 0 : 1;
      }
      at++;
    }
    if (at < end) {
      isWhole = false;
      power += exponent(bytes, at + 1, end);
    }
    whole = NOT_WHOLE;
    double exact;
    if (isWhole && digits <= LONG_DIGITS && mantissa >= 0) {
      whole = negative ? -mantissa : mantissa;
      exact = mantissa;
    } else if (digits < LONG_DIGITS && mantissa <= EXACT && Math.abs(power) < POWERS.length) {
      exact = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
    } else {
      value = Double.parseDouble(
          new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
      return end;
    }
    value = negative ? -exact : exact;
    return end;
  }

  private static int exponent(byte[] bytes, int from, int end) {
    boolean signed = bytes[from] == '-' || bytes[from] == '+';
    int power = 0;
    for (int at = signed ? from + 1 : from; at < end; at++) {
      power = Math.min(MAX_EXPONENT, power * 10 + (bytes[at] - '0'));
    }
    return bytes[from] == '-' ? -power : power;
  }

  private static int digits(byte[] bytes, int from) {
    int at = from;
    while (isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isExponent(byte c) {
    return c == 'e' || c == 'E';
  }
}
