package io.candlehub.ingest.provider.massive;

import io.candlehub.model.Instrument;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the instrument of a symbol by its bytes as they stand in a JSON string, without creating anything for one seen
 * before. Confined to one event loop.
 */
final class SymbolTable {
  private static final int MAX_ENTRIES = 65_536;
  private static final int MAX_BYTES = 64;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private Entry[] slots = new Entry[256];
  private int size;

  private static final class Entry {
    private final long head;
    private final byte[] text;
    private final Optional<Instrument> instrument;

    Entry(long head, byte[] text, Optional<Instrument> instrument) {
      this.head = head;
      this.text = text;
      this.instrument = instrument;
    }

    boolean matches(long otherHead, byte[] bytes, int from, int to) {
      return head == otherHead
          && text.length == to - from
          && (text.length <= Long.BYTES || Arrays.equals(text, 0, text.length, bytes, from, to));
    }
  }

  /**
   * Returns the instrument, or empty if the text is no symbol.
   *
   * @param bytes a text as {@link JsonText} wants it
   * @param from the string's first character
   * @param to its closing quote
   */
  Optional<Instrument> find(byte[] bytes, int from, int to) {
    if (from == to) {
      return Optional.empty();
    }
    long head = JsonText.head(JsonText.word(bytes, from), Math.min(Long.BYTES, to - from));
    int at = slotOf(head, bytes, from, to);
    if (slots[at] != null) {
      return slots[at].instrument;
    }
    Optional<Instrument> fresh = Instrument.parse(JsonText.decode(bytes, from, to));
    if (fresh.isPresent() && size < MAX_ENTRIES && to - from <= MAX_BYTES) {
      slots[at] = new Entry(head, Arrays.copyOfRange(bytes, from, to), fresh);
      size++;
      if (size * 2 > slots.length) {
        grow();
      }
    }
    return fresh;
  }

  private int slotOf(long head, byte[] bytes, int from, int to) {
    long hash = head;
    for (int i = from + Long.BYTES; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int at = spread(hash) & (slots.length - 1);
    while (slots[at] != null && !slots[at].matches(head, bytes, from, to)) {
      at = (at + 1) & (slots.length - 1);
    }
    return at;
  }

  private void grow() {
    Entry[] former = slots;
    slots = new Entry[former.length * 2];
    for (Entry entry : former) {
      if (entry != null) {
        slots[slotOf(entry.head, entry.text, 0, entry.text.length)] = entry;
      }
    }
  }

  private static int spread(long hash) {
    return (int) ((hash * SPREAD) >>> Integer.SIZE);
  }
}
