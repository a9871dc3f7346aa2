package io.candlehub.hub.candle;

/**
 * The sequence numbers of one minute's trades, without boxing: 8 to 24 bytes each.
 *
 * <p>At most {@value #MOST} numbers are kept, more than any tape prints in a minute; what comes after is not recognised
 * when it repeats.
 */
final class SequenceSet {
  private static final int MOST = 1 << 20;
  private static final int FIRST_LENGTH = 64;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] slots = new long[FIRST_LENGTH];
  private int size;

  /** Adds a number other than 0; returns false if it is known. */
  boolean add(long sequence) {
    int slot = slotOf(sequence);
    if (slots[slot] == sequence) {
      return false;
    }
    if (size == MOST) {
      return true;
    }
    slots[slot] = sequence;
    size++;
    if (size * 3L > slots.length * 2L) {
      grow();
    }
    return true;
  }

  /** Returns where the number is, or the free slot where it belongs. */
  private int slotOf(long sequence) {
    int mask = slots.length - 1;
    int slot = (int) ((sequence * SPREAD) >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != sequence) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] former = slots;
    slots = new long[former.length * 2];
    for (long sequence : former) {
      if (sequence != 0) {
        slots[slotOf(sequence)] = sequence;
      }
    }
  }
}
