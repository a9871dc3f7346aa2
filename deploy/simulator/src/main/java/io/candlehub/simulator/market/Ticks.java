package io.candlehub.simulator.market;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A growing list of what happens on a tape, one array per column, ascending by time.
 *
 * <p>Threads: confined to the builder until published, read-only afterwards by convention.
 *
 * @param <T> the list
 */
public abstract class Ticks<T extends Ticks<T>> {
  private static final int LEAST_ROOM = 16;

  private long[] nanos;
  private long[] sequences;
  private int size;

  /** Creates an empty list with room for a number of rows. */
  Ticks(int capacity) {
    nanos = new long[capacity];
    sequences = new long[capacity];
  }

  /** Returns an empty list of the same kind with room for a number of rows. */
  abstract T withRoom(int capacity);

  /** Makes room in all other columns. */
  abstract void grow(int capacity);

  /** Adds a row of another list after all others. */
  abstract void add(T other, int i);

  /** Adds a row after all others, and returns where its other columns are. */
  final int add(long nanosOfEpoch, long sequence) {
    if (size == nanos.length) {
      int capacity = Math.max(LEAST_ROOM, size * 2);
      nanos = Arrays.copyOf(nanos, capacity);
      sequences = Arrays.copyOf(sequences, capacity);
      grow(capacity);
    }
    nanos[size] = nanosOfEpoch;
    sequences[size] = sequence;
    return size++;
  }

  /** Returns the number of rows. */
  public final int size() {
    return size;
  }

  /** Returns the time of a row in epoch nanos. */
  public final long nanos(int i) {
    return nanos[i];
  }

  /** Returns the time of a row in epoch millis. */
  public final long millis(int i) {
    return nanos[i] / 1_000_000;
  }

  /** Returns the sequence number of a row. */
  public final long sequence(int i) {
    return sequences[i];
  }

  /** Returns the index of the first row at or after an instant; the size if there is none. */
  public final int firstAtOrAfter(long millis) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (millis(middle) < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the last row alone; without rows if there is none. */
  public final T last() {
    return part(Math.max(0, size - 1), size, millis -> false);
  }

  /** Returns the rows of a half-open range. */
  public final T between(long fromMillis, long toMillis) {
    return part(firstAtOrAfter(fromMillis), firstAtOrAfter(toMillis), millis -> false);
  }

  /** Returns the rows without those at some instants, in epoch millis. */
  public final T without(LongPredicate isCut) {
    return part(0, size, isCut);
  }

  @SuppressWarnings("unchecked") // a list of T is a T
  private T part(int from, int to, LongPredicate isCut) {
    T part = withRoom(Math.max(0, to - from));
    for (int i = from; i < to; i++) {
      if (!isCut.test(millis(i))) {
        part.add((T) this, i);
      }
    }
    return part;
  }
}
