package io.candlehub.ingest.provider.massive;

import io.candlehub.model.Instrument;
import java.util.Optional;

/**
 * Finds the instrument of a symbol that stands in a character buffer, without creating anything for one seen before.
 * Confined to one event loop.
 */
final class SymbolTable {
  private static final int MAX_ENTRIES = 65_536;

  private Entry[] slots = new Entry[256];
  private int size;

  private record Entry(String symbol, Optional<Instrument> instrument) {}

  /** Returns the instrument, or empty if the characters are no symbol. */
  Optional<Instrument> find(char[] text, int offset, int length) {
    int at = slotOf(text, offset, length);
    if (slots[at] != null) {
      return slots[at].instrument();
    }
    String symbol = new String(text, offset, length);
    Optional<Instrument> fresh = Instrument.parse(symbol);
    if (fresh.isPresent() && size < MAX_ENTRIES) {
      slots[at] = new Entry(symbol, fresh);
      size++;
      if (size * 2 > slots.length) {
        grow();
      }
    }
    return fresh;
  }

  private int slotOf(char[] text, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + text[i];
    }
    int at = spread(hash) & (slots.length - 1);
    while (slots[at] != null && !matches(slots[at].symbol(), text, offset, length)) {
      at = (at + 1) & (slots.length - 1);
    }
    return at;
  }

  private void grow() {
    Entry[] former = slots;
    slots = new Entry[former.length * 2];
    for (Entry entry : former) {
      if (entry != null) {
        char[] symbol = entry.symbol().toCharArray();
        slots[slotOf(symbol, 0, symbol.length)] = entry;
      }
    }
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 15);
  }

  private static boolean matches(String symbol, char[] text, int offset, int length) {
    if (symbol.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (symbol.charAt(i) != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
