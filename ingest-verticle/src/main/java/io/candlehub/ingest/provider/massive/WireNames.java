package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.provider.massive.EventFields.Field;
import java.util.Arrays;
import java.util.Locale;

/**
 * Names that events of the stream use for their fields, found by their bytes: a field's place for a number, else one of
 * the constants (WebSocket specification, stocks and indices).
 */
final class WireNames {
  /** Field {@code ev}, the event's kind. */
  static final int KIND = EventFields.COUNT;

  /** Field {@code sym}, the symbol of most kinds. */
  static final int SYMBOL = KIND + 1;

  /** Field {@code T}, the symbol of price bands and index values. */
  static final int TICKER = KIND + 2;

  /** Field {@code status} of a status. */
  static final int STATUS = KIND + 3;

  /** Field {@code message} of a status. */
  static final int MESSAGE = KIND + 4;

  /** Field {@code i}: ids of a price band, something else in other kinds. */
  static final int INDICATORS = KIND + 5;

  /** A field that no event of ours uses. */
  static final int UNUSED = KIND + 6;

  /** No name that is known. */
  static final int UNKNOWN = KIND + 7;

  private static final int MAX_LENGTH = Long.BYTES - 1;
  private static final String[] UNUSED_NAMES = {
    "op", "a", "z", "otc", "bx", "ax", "trfi", "trft", "bt", "at", "n"
  };
  private static final int SLOTS = 256;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final long NOBODY = -1;
  private static final long[] KEYS = new long[SLOTS];
  private static final byte[] CODES = new byte[SLOTS];

  static {
    Arrays.fill(KEYS, NOBODY);
    for (Field field : Field.values()) {
      put(field.name().toLowerCase(Locale.ROOT), field.slot());
    }
    put("ev", KIND);
    put("sym", SYMBOL);
    put("T", TICKER);
    put("status", STATUS);
    put("message", MESSAGE);
    put("i", INDICATORS);
    for (String name : UNUSED_NAMES) {
      put(name, UNUSED);
    }
  }

  private WireNames() {}

  /**
   * Returns what a name stands for.
   *
   * @param word the bytes from the name's first on
   * @param length the name's length, or {@link Long#BYTES} if it is longer than the word
   */
  static int find(long word, int length) {
    return length > MAX_LENGTH ? UNKNOWN : codeOf(key(word, length));
  }

  /** Returns what a name stands for. */
  static int find(String name) {
    return name.length() > MAX_LENGTH ? UNKNOWN : codeOf(key(JsonText.word(name), name.length()));
  }

  private static int codeOf(long key) {
    int at = slotOf(key);
    return KEYS[at] == key ? CODES[at] : UNKNOWN;
  }

  private static void put(String name, int code) {
    long key = key(JsonText.word(name), name.length());
    int at = slotOf(key);
    KEYS[at] = key;
    CODES[at] = (byte) code;
  }

  private static int slotOf(long key) {
    int at = (int) ((key * SPREAD) >>> (Long.SIZE - Byte.SIZE));
    while (KEYS[at] != key && KEYS[at] != NOBODY) {
      at = (at + 1) & (SLOTS - 1);
    }
    return at;
  }

  /** The length stands in the highest byte, so that a name is not taken for one with a byte 0 behind it. */
  private static long key(long word, int length) {
    return JsonText.head(word, length) | (long) length << (Long.SIZE - Byte.SIZE);
  }
}
