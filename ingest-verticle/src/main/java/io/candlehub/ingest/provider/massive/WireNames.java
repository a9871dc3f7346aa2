package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.provider.massive.EventFields.Field;
import java.util.Arrays;

/**
 * Names that events of the stream use for their fields (WebSocket specification, stocks and indices), numbered: first a
 * number's by the field's place, then {@link #KIND} and what follows it, then those that no event of ours uses.
 *
 * <p>They are found by their bytes, or recognised, which is faster, if one expects which it will be.
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

  /** The first of the fields that no event of ours uses. */
  static final int UNUSED = KIND + 6;

  /** How many names there may be. */
  static final int COUNT = 64;

  /** No name that is known. */
  static final int UNKNOWN = COUNT - 1;

  private static final String[] UNUSED_NAMES = {
    "op", "a", "z", "otc", "bx", "ax", "trfi", "trft", "bt", "at", "n"
  };
  private static final int MAX_LENGTH = Long.BYTES - 1;
  private static final int SLOTS = 256;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final long NOBODY = -1;
  private static final long[] KEYS = new long[SLOTS];
  private static final byte[] NAMES = new byte[SLOTS];
  private static final long[] MASKS = new long[COUNT];
  private static final long[] MEMBERS = new long[COUNT];
  private static final byte[] LENGTHS = new byte[COUNT];

  static {
    Arrays.fill(KEYS, NOBODY);
    Arrays.fill(MEMBERS, NOBODY);
    for (int field = 0; field < EventFields.COUNT; field++) {
      put(Field.name(field), field);
    }
    put("ev", KIND);
    put("sym", SYMBOL);
    put("T", TICKER);
    put("status", STATUS);
    put("message", MESSAGE);
    put("i", INDICATORS);
    for (int i = 0; i < UNUSED_NAMES.length; i++) {
      put(UNUSED_NAMES[i], UNUSED + i);
    }
  }

  private WireNames() {}

  /**
   * Returns the name that stands in a text.
   *
   * @param word the bytes from the name's first on
   * @param length the name's length, or {@link Long#BYTES} if it is longer than the word
   */
  static int find(long word, int length) {
    return length > MAX_LENGTH ? UNKNOWN : nameOf(key(word, length));
  }

  /** Returns the name that a text is. */
  static int find(String text) {
    return text.length() > MAX_LENGTH ? UNKNOWN : nameOf(key(JsonText.word(text), text.length()));
  }

  /** Returns true if a text goes on with a comma, a short name in quotes and a colon, without white space. */
  static boolean isNext(int name, long word) {
    return (word & MASKS[name & COUNT - 1]) == MEMBERS[name & COUNT - 1];
  }

  /** Returns the length of what {@link #isNext} recognised. */
  static int length(int name) {
    return LENGTHS[name & COUNT - 1];
  }

  private static int nameOf(long key) {
    int at = slotOf(key);
    return KEYS[at] == key ? NAMES[at] : UNKNOWN;
  }

  private static void put(String text, int name) {
    long key = key(JsonText.word(text), text.length());
    int at = slotOf(key);
    KEYS[at] = key;
    NAMES[at] = (byte) name;
    String member = ",\"" + text + "\":";
    if (member.length() <= Long.BYTES) {
      MEMBERS[name] = JsonText.word(member);
      MASKS[name] = JsonText.head(-1, member.length());
      LENGTHS[name] = (byte) member.length();
    }
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
