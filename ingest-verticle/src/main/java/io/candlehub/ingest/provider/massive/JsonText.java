package io.candlehub.ingest.provider.massive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings of a JSON text in UTF-8 (RFC 8259, section 7; RFC 3629). Eight bytes are looked at in one step.
 *
 * <p>The text ends with a byte 0, which is allowed nowhere in JSON, and {@link #SPARE} bytes more belong to the array, so
 * that no step needs to know the length.
 */
final class JsonText {
  /** Returned instead of a position where the text is not as it must be. */
  static final int BAD = -1;

  /** How many bytes an array must have behind a text, the 0 that ends it included. */
  static final int SPARE = 16;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long ZEROS = ONES * '0';
  private static final long ABOVE_NINE = ONES * (0x7F - 9);
  private static final long ODD_PAIRS = 0x0000_00FF_0000_00FFL;
  private static final long HUNDRED_AND_MILLION = 100 + (1_000_000L << 32);
  private static final long ONE_AND_TEN_THOUSAND = 1 + (10_000L << 32);
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private JsonText() {}

  /** Returns eight bytes, the first one lowest. */
  static long word(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /** Returns up to eight ASCII characters as {@link #word(byte[], int)} and {@link #head} give them. */
  static long word(String text) {
    return word(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), Long.BYTES), 0);
  }

  /** Returns how many bytes of a word stand before its first quote, 8 if it has none. */
  static int beforeQuote(long word) {
    return first(marks(word ^ QUOTES));
  }

  /** Returns how many bytes of a word there are through the first of an ASCII character, 9 if it is not among them. */
  static int through(long word, char wanted) {
    return first(marks(word ^ ONES * wanted)) + 1;
  }

  /** Returns a word's first bytes, the others 0. */
  static long head(long word, int length) {
    return length == 0 ? 0 : word & (-1L >>> (Long.SIZE - length * Byte.SIZE));
  }

  /** Returns a word without one byte, those behind it moved up. */
  static long without(long word, int at) {
    long before = (1L << (at * Byte.SIZE)) - 1;
    return (word & before) | ((word >>> Byte.SIZE) & ~before);
  }

  /** Marks the bytes of a word that are no digits; as far as the word is ASCII all marks are sure, else the lowest. */
  static long noDigits(long word) {
    long values = word ^ ZEROS;
    return ((values + ABOVE_NINE) | values) & HIGHS;
  }

  /** Returns the place of the first byte that is marked, 8 if there is none. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** Returns how many of a word's first bytes are digits. */
  static int digits(long word) {
    return first(noDigits(word));
  }

  /** Returns a byte of a word. */
  static byte at(long word, int place) {
    return (byte) (word >>> (place * Byte.SIZE));
  }

  /** Returns the number that a word's first bytes are, one to eight, all of them digits. */
  static long number(long word, int digits) {
    long values = (word ^ ZEROS) << -(digits * Byte.SIZE);
    long pairs = values * 10 + (values >>> 8);
    return ((pairs & ODD_PAIRS) * HUNDRED_AND_MILLION
            + ((pairs >>> 16) & ODD_PAIRS) * ONE_AND_TEN_THOUSAND)
        >>> 32;
  }

  /** Returns where the string whose first character is at a position has its closing quote, or {@link #BAD}. */
  static int end(byte[] bytes, int from) {
    int at = from;
    long special = special(word(bytes, at));
    while (special == 0) {
      at += Long.BYTES;
      special = special(word(bytes, at));
    }
    at += Long.numberOfTrailingZeros(special) >>> 3;
    return bytes[at] == '"' ? at : endWithSpecials(bytes, at);
  }

  /** Returns what a string says whose end was found. */
  static String decode(byte[] bytes, int from, int to) {
    String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int escape = raw.indexOf('\\');
    if (escape < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int done = 0;
    while (escape >= 0) {
      text.append(raw, done, escape);
      char c = raw.charAt(escape + 1);
      if (c == 'u') {
        text.append((char) Integer.parseInt(raw, escape + 2, escape + 6, 16));
        done = escape + 6;
      } else {
        text.append(unescaped(c));
        done = escape + 2;
      }
      escape = raw.indexOf('\\', done);
    }
    return text.append(raw, done, raw.length()).toString();
  }

  /** Marks quotes, backslashes, control characters and what is not ASCII; only the lowest mark is sure. */
  private static long special(long word) {
    long controls = (word - BLANKS) & ~word;
    return marks(word ^ QUOTES) | marks(word ^ BACKSLASHES) | ((controls | word) & HIGHS);
  }

  /** Marks the bytes that are 0; only the lowest mark is sure. */
  private static long marks(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  private static int endWithSpecials(byte[] bytes, int from) {
    int at = from;
    while (at >= 0 && bytes[at] != '"') {
      byte c = bytes[at];
      if (c == '\\') {
        at = escape(bytes, at + 1);
      } else if (c < 0) {
        at = multiByte(bytes, at);
      } else {
        at = c < ' ' ? BAD : at + 1;
      }
    }
    return at;
  }

  private static int escape(byte[] bytes, int at) {
    return switch (bytes[at]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> hex(bytes, at + 1);
      default -> BAD;
    };
  }

  private static int hex(byte[] bytes, int from) {
    for (int at = from; at < from + 4; at++) {
      if (bytes[at] < 0 || Character.digit(bytes[at], 16) < 0) {
        return BAD;
      }
    }
    return from + 4;
  }

  /** Longer forms than needed, surrogates and what is beyond Unicode are no UTF-8 (RFC 3629, section 4). */
  private static int multiByte(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int second = bytes[at + 1] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return isTail(second) ? at + 2 : BAD;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      boolean good = second >= (first == 0xE0 ? 0xA0 : 0x80)
          && second <= (first == 0xED ? 0x9F : 0xBF)
          && isTail(bytes[at + 2]);
      return good ? at + 3 : BAD;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean good = second >= (first == 0xF0 ? 0x90 : 0x80)
          && second <= (first == 0xF4 ? 0x8F : 0xBF)
          && isTail(bytes[at + 2])
          && isTail(bytes[at + 3]);
      return good ? at + 4 : BAD;
    }
    return BAD;
  }

  private static boolean isTail(int unit) {
    return (unit & 0xC0) == 0x80;
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }
}
