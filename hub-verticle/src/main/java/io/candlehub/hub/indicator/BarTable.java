package io.candlehub.hub.indicator;

import io.candlehub.model.Bar;
import java.util.Arrays;

/** The bars of one stream in columns, ascending by start, without duplicates. */
final class BarTable {
  private static final int FIRST_LENGTH = 64;

  private long[] starts = new long[FIRST_LENGTH];
  private boolean[] finals = new boolean[FIRST_LENGTH];
  private final Column highs = new Column();
  private final Column lows = new Column();
  private final Column closes = new Column();
  private final Column volumes = new Column();
  private final Column vwaps = new Column();
  private int size;

  int size() {
    return size;
  }

  long start(int i) {
    return starts[i];
  }

  boolean isFinal(int i) {
    return finals[i];
  }

  double close(int i) {
    return closes.get(i);
  }

  double volume(int i) {
    return volumes.get(i);
  }

  /** Returns the average price of bar {@code i}: the source's, or a third of high, low and close if it has none. */
  double averagePrice(int i) {
    double vwap = vwaps.get(i);
    return Double.isNaN(vwap) ? (highs.get(i) + lows.get(i) + closes.get(i)) / 3 : vwap;
  }

  /** Returns where a start is, or {@code -1 - place} if there is no such bar and it belongs to that place. */
  int find(long startMillis) {
    if (size == 0 || startMillis > starts[size - 1]) {
      return -1 - size;
    }
    return Arrays.binarySearch(starts, 0, size, startMillis);
  }

  /** Returns the place of the first bar that starts at an instant or later. */
  int lowerBound(long startMillis) {
    int found = find(startMillis);
    return found >= 0 ? found : -1 - found;
  }

  /** Makes room for a bar at a place; those behind it move up. */
  void open(int place) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      finals = Arrays.copyOf(finals, size * 2);
    }
    System.arraycopy(starts, place, starts, place + 1, size - place);
    System.arraycopy(finals, place, finals, place + 1, size - place);
    for (Column column : new Column[] {highs, lows, closes, volumes, vwaps}) {
      column.open(place, size);
    }
    size++;
  }

  /** Writes a bar; returns true if a value differs that indicators are made of. */
  boolean set(int place, Bar bar) {
    starts[place] = bar.startMillis();
    finals[place] = bar.isFinal();
    boolean changed = highs.set(place, bar.high());
    changed |= lows.set(place, bar.low());
    changed |= closes.set(place, bar.close());
    changed |= volumes.set(place, bar.volume());
    changed |= vwaps.set(place, bar.vwap());
    return changed;
  }

  /** Forgets the oldest bars. */
  void dropOldest(int count) {
    System.arraycopy(starts, count, starts, 0, size - count);
    System.arraycopy(finals, count, finals, 0, size - count);
    for (Column column : new Column[] {highs, lows, closes, volumes, vwaps}) {
      column.dropOldest(count, size);
    }
    size -= count;
  }
}
