package io.candlehub.ingest.provider.massive;

import java.nio.charset.StandardCharsets;

/**
 * Reads numbers, in a text as {@link JsonText} wants it, to the double that {@link Double#parseDouble} gives.
 *
 * <p>A mantissa of up to 52 bits times or divided by a power of ten that is a double itself is rounded once and thereby
 * correctly (Clinger, "How to read floating point numbers accurately", 1990); so is a whole number of up to 63 bits.
 * Everything else is left to the JDK. Up to eight digits are read in one step.
 */
final class Decimals {
  /** Stands for a number that was not written as a whole one of up to 63 bits. */
  static final long NOT_WHOLE = Long.MIN_VALUE;

  private static final int BAD = JsonText.BAD;
  private static final int MAX_TEXT = 40;
  private static final int LONG_DIGITS = 19;
  private static final int MAX_EXPONENT = 100_000;
  private static final long EXACT = 1L << 52;
  private static final long EXPONENT_52 = Double.doubleToRawLongBits(0x1p52);
  private static final long MAX_HEAD = 100_000_000_000L;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long[] WHOLE_POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private final double[] values;

  /**
   * Creates a reader.
   *
   * @param values takes the numbers
   */
  Decimals(double[] values) {
    this.values = values;
  }

  /**
   * Reads a JSON number to a place and returns the position behind it, or {@link JsonText#BAD}, if it is one as they
   * mostly come, without sign and exponent and not very long. Another one may be good nevertheless.
   */
  int readShort(byte[] bytes, int from, int place) {
    long word = JsonText.word(bytes, from);
    long others = JsonText.noDigits(word);
    int digits = JsonText.first(others);
    if (digits == 0 || digits == Long.BYTES || ((byte) word == '0' && digits > 1)) {
      return digits == Long.BYTES ? readMore(bytes, from, place) : BAD;
    }
    int end = digits;
    int fraction = 0;
    if (JsonText.at(word, digits) == '.') {
      long rest = others & (others - 1);
      if (rest == 0) {
        long head = JsonText.number(word, digits);
        return readFraction(bytes, from + digits + 1, head, place);
      }
      end = JsonText.first(rest);
      fraction = end - digits - 1;
      if (fraction == 0) {
        return BAD;
      }
    }
    long packed = fraction == 0 ? word : JsonText.without(word, digits);
    double mantissa = exact(JsonText.number(packed, digits + fraction));
    values[place] = fraction == 0 ? mantissa : mantissa / POWERS[fraction];
    return isExponent(JsonText.at(word, end)) ? BAD : from + end;
  }

  /** Reads any JSON number to a place and returns the position behind it, or {@link JsonText#BAD}. */
  int read(byte[] bytes, int from, int place) {
    int end = readShort(bytes, from, place);
    if (end < 0) {
      end = skip(bytes, from);
      if (end > 0) {
        values[place] = slow(bytes, from, end);
      }
    }
    return end;
  }

  /** Returns what a JSON number is that was written as a whole one of up to 63 bits, else {@link #NOT_WHOLE}. */
  static long whole(byte[] bytes, int from, int end) {
    boolean negative = bytes[from] == '-';
    int first = negative ? from + 1 : from;
    long whole = 0;
    for (int at = first; at < end; at++) {
      if (!isDigit(bytes[at]) || at - first == LONG_DIGITS) {
        return NOT_WHOLE;
      }
      whole = whole * 10 + (bytes[at] - '0');
    }
    return whole < 0 ? NOT_WHOLE : negative ? -whole : whole;
  }

  /** Steps over a JSON number; returns the position behind it or {@link JsonText#BAD}. */
  static int skip(byte[] bytes, int from) {
    int end = skipShort(bytes, from);
    return end < 0 ? skipLong(bytes, from) : end;
  }

  /**
   * Steps over a JSON number as they mostly come, of up to seven characters; returns the position behind it or {@link
   * JsonText#BAD}, although another one may be good nevertheless.
   */
  static int skipShort(byte[] bytes, int from) {
    long word = JsonText.word(bytes, from);
    long others = JsonText.noDigits(word);
    long rest = others & (others - 1);
    int digits = JsonText.first(others);
    int end = JsonText.at(word, digits) == '.' ? JsonText.first(rest) : digits;
    boolean odd = digits == 0 || rest == 0 || end == digits + 1 || (byte) word == '0';
    return odd || isExponent(JsonText.at(word, end)) ? BAD : from + end;
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

  /** Reads a number of 8 to 15 digits before the point. */
  private int readMore(byte[] bytes, int from, int place) {
    long word = JsonText.word(bytes, from + Long.BYTES);
    int digits = JsonText.digits(word);
    if (digits == Long.BYTES || bytes[from] == '0') {
      return BAD;
    }
    long head = JsonText.number(JsonText.word(bytes, from), Long.BYTES);
    if (digits > 0) {
      head = head * WHOLE_POWERS[digits] + JsonText.number(word, digits);
    }
    int end = from + Long.BYTES + digits;
    byte next = JsonText.at(word, digits);
    if (next == '.') {
      return readFraction(bytes, end + 1, head, place);
    }
    values[place] = exact(head);
    return isExponent(next) ? BAD : end;
  }

  /** Reads up to 7 digits that follow the point. */
  private int readFraction(byte[] bytes, int from, long head, int place) {
    long word = JsonText.word(bytes, from);
    int digits = JsonText.digits(word);
    if (digits == 0 || digits == Long.BYTES || head > MAX_HEAD) {
      return BAD;
    }
    long mantissa = head * WHOLE_POWERS[digits] + JsonText.number(word, digits);
    values[place] = exact(mantissa) / POWERS[digits];
    return mantissa >= EXACT || isExponent(JsonText.at(word, digits)) ? BAD : from + digits;
  }

  /** Returns a number below 2^52 as a double; the instruction for this waits for what its register held before. */
  private static double exact(long number) {
    return Double.longBitsToDouble(number | EXPONENT_52) - 0x1p52;
  }

  private static int skipLong(byte[] bytes, int from) {
    int first = bytes[from] == '-' ? from + 1 : from;
    int at = digits(bytes, first);
    if (at == first || (at > first + 1 && bytes[first] == '0')) {
      return BAD;
    }
    if (bytes[at] == '.') {
      int point = at;
      at = digits(bytes, point + 1);
      if (at == point + 1) {
        return BAD;
      }
    }
    if (isExponent(bytes[at])) {
      int sign = bytes[at + 1] == '-' || bytes[at + 1] == '+' ? at + 2 : at + 1;
      at = digits(bytes, sign);
      return at == sign ? BAD : at;
    }
    return at;
  }

  /** Returns the value of a number with a sign, with an exponent or with many digits. */
  private static double slow(byte[] bytes, int from, int end) {
    boolean negative = bytes[from] == '-';
    boolean inFraction = false;
    long mantissa = 0;
    int digits = 0;
    int power = 0;
    int at = negative ? from + 1 : from;
    while (at < end && !isExponent(bytes[at])) {
      if (bytes[at] == '.') {
        inFraction = true;
      } else {
        mantissa = mantissa * 10 + (bytes[at] - '0');
        digits++;
        power -= inFraction ? 1 : 0;
      }
      at++;
    }
    if (at < end) {
      power += exponent(bytes, at + 1, end);
    }
    if (digits >= LONG_DIGITS || mantissa > EXACT || Math.abs(power) >= POWERS.length) {
      return Double.parseDouble(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
    }
    double value = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
    return negative ? -value : value;
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
