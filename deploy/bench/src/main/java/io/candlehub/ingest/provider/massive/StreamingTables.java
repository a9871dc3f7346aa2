package io.candlehub.ingest.provider.massive;

import io.candlehub.model.Instrument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives {@link StreamingParser} symbols and lists seen before without creating anything. */
final class StreamingTables {
  private static final int SLOTS = 4_096;

  private final String[] texts = new String[SLOTS];
  private final Instrument[] instruments = new Instrument[SLOTS];
  private final int[][] ids = new int[SLOTS][];
  private final List<List<Integer>> lists = new ArrayList<>();

  StreamingTables() {
    for (int i = 0; i < SLOTS; i++) {
      lists.add(List.of());
    }
  }

  Instrument instrument(char[] text, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + text[i];
    }
    int at = spread(hash);
    while (texts[at] != null && !matches(texts[at], text, offset, length)) {
      at = (at + 1) & (SLOTS - 1);
    }
    if (texts[at] == null) {
      texts[at] = new String(text, offset, length);
      instruments[at] = Instrument.of(texts[at]);
    }
    return instruments[at];
  }

  List<Integer> list(int[] read, int size) {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + read[i];
    }
    int at = spread(hash);
    while (ids[at] != null && !Arrays.equals(ids[at], 0, ids[at].length, read, 0, size)) {
      at = (at + 1) & (SLOTS - 1);
    }
    if (ids[at] == null) {
      ids[at] = Arrays.copyOf(read, size);
      lists.set(at, Arrays.stream(ids[at]).boxed().toList());
    }
    return lists.get(at);
  }

  private static int spread(int hash) {
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
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
