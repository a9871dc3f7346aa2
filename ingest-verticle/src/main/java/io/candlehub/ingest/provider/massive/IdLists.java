package io.candlehub.ingest.provider.massive;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists of ids as events carry them, for example {@code [14,37]}. One that was seen before is known by its bytes and
 * given out again, so that nothing is read or created for it. Confined to one event loop.
 */
final class IdLists {
  private static final int MAX_LISTS = 2_048;
  private static final int SLOTS = 4 * MAX_LISTS;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int DEPTH = 2;

  private final Known[] slots = new Known[SLOTS];
  private final double[] number = new double[1];
  private final Decimals decimals = new Decimals(number);
  private Known last = new Known(0, 0, List.of(), true);
  private int lists;

  /** A list of up to 16 bytes, by which it is known. */
  private static final class Known {
    private final long head;
    private final long tail;
    private final List<Integer> ids;
    private final boolean good;

    Known(long head, long tail, List<Integer> ids, boolean good) {
      this.head = head;
      this.tail = tail;
      this.ids = ids;
      this.good = good;
    }
  }

  /**
   * Steps over an array in an event and returns the position behind it, or {@link JsonText#BAD}.
   *
   * @param bytes a text as {@link JsonText} wants it
   * @param from the opening bracket
   */
  int read(byte[] bytes, int from) {
    long head = JsonText.word(bytes, from);
    int length = JsonText.through(head, ']');
    long tail = 0;
    if (length > Long.BYTES) {
      tail = JsonText.word(bytes, from + Long.BYTES);
      int more = JsonText.through(tail, ']');
      if (more > Long.BYTES) {
        return readUnknown(bytes, from);
      }
      tail = JsonText.head(tail, more);
      length = Long.BYTES + more;
    } else {
      head = JsonText.head(head, length);
    }
    int at = slotOf(head, tail);
    if (slots[at] == null) {
      int end = readUnknown(bytes, from);
      if (end == from + length && lists < MAX_LISTS) {
        slots[at] = new Known(head, tail, last.ids, last.good);
        lists++;
      }
      return end;
    }
    last = slots[at];
    return from + length;
  }

  /** Returns true if the array read last held nothing but whole numbers. */
  boolean isGood() {
    return last.good;
  }

  /** Returns the ids read last, unmodifiable; only if they were good. */
  List<Integer> ids() {
    return last.ids;
  }

  private int readUnknown(byte[] bytes, int from) {
    int end = JsonSkip.value(bytes, from, DEPTH);
    if (end < 0) {
      return end;
    }
    List<Integer> ids = new ArrayList<>();
    boolean good = true;
    int at = JsonSkip.blank(bytes, from + 1);
    while (good && at < end - 1) {
      at = decimals.read(bytes, at, 0);
      good =
          at > 0 && number[0] == Math.rint(number[0]) && Math.abs(number[0]) <= Integer.MAX_VALUE;
      if (good) {
        ids.add((int) number[0]);
        at = JsonSkip.blank(bytes, at);
        at = bytes[at] == ',' ? JsonSkip.blank(bytes, at + 1) : at;
      }
    }
    last = new Known(0, 0, List.copyOf(ids), good);
    return end;
  }

  private int slotOf(long head, long tail) {
    int at = (int) (((head * SPREAD ^ tail) * SPREAD) >>> Integer.SIZE) & (SLOTS - 1);
    while (slots[at] != null && (slots[at].head != head || slots[at].tail != tail)) {
      at = (at + 1) & (SLOTS - 1);
    }
    return at;
  }
}
