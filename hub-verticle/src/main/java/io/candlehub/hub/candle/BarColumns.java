package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import java.util.Arrays;

/**
 * Bars in columns, ascending by start, each with the position of its last change and the market time at which its
 * values were known. Bars may be put in any order. Confined to the hub's event loop.
 */
final class BarColumns {
  private static final int WIDTH = 7;

  private int size;
  private long[] starts = new long[64];
  private double[] values = new double[64 * WIDTH];
  private long[] trades = new long[64];
  private int[] revisions = new int[64];
  private BarState[] states = new BarState[64];
  private BarSource[] sources = new BarSource[64];
  private long[] changeSeqs = new long[64];
  private long[] knownAts = new long[64];
  private long lastChangeSeq;

  int size() {
    return size;
  }

  long startMillis(int i) {
    return starts[i];
  }

  boolean isFinal(int i) {
    return states[i] == BarState.FINAL || states[i] == BarState.REVISED;
  }

  long changeSeq(int i) {
    return changeSeqs[i];
  }

  /** Returns the position of the newest change of any bar, 0 if there was none. */
  long lastChangeSeq() {
    return lastChangeSeq;
  }

  long knownAtMillis(int i) {
    return knownAts[i];
  }

  void knownAt(int i, long millis) {
    knownAts[i] = millis;
  }

  /** Returns the index of a start, or {@code -(insertion point) - 1}. */
  int indexOf(long startMillis) {
    if (size > 0 && starts[size - 1] <= startMillis) {
      return starts[size - 1] == startMillis ? size - 1 : -size - 1;
    }
    return Arrays.binarySearch(starts, 0, size, startMillis);
  }

  /** Returns the index of the first bar that starts at or after an instant. */
  int lowerBound(long millis) {
    int found = indexOf(millis);
    return found >= 0 ? found : -found - 1;
  }

  Bar bar(int i) {
    int at = i * WIDTH;
    return new Bar(
        starts[i],
        values[at],
        values[at + 1],
        values[at + 2],
        values[at + 3],
        values[at + 4],
        values[at + 5],
        trades[i],
        states[i],
        revisions[i],
        sources[i],
        values[at + 6]);
  }

  /** Adds bar {@code i} to a fold without creating it. */
  void addTo(BarFold fold, int i) {
    addPriceTo(fold, i);
    addVolumeTo(fold, i);
  }

  void addPriceTo(BarFold fold, int i) {
    int at = i * WIDTH;
    fold.price(values[at], values[at + 1], values[at + 2], values[at + 3]);
    fold.source(sources[i]);
  }

  void addVolumeTo(BarFold fold, int i) {
    int at = i * WIDTH;
    fold.volume(values[at + 4], values[at + 5], trades[i]);
  }

  /** Inserts a bar or replaces the one of the same start. */
  void put(Bar bar, long knownAtMillis, long seq) {
    int i = indexOf(bar.startMillis());
    if (i < 0) {
      i = -i - 1;
      makeRoom(i);
      starts[i] = bar.startMillis();
    }
    int at = i * WIDTH;
    values[at] = bar.open();
    values[at + 1] = bar.high();
    values[at + 2] = bar.low();
    values[at + 3] = bar.close();
    values[at + 4] = bar.volume();
    values[at + 5] = bar.vwap();
    values[at + 6] = bar.coverage();
    trades[i] = bar.trades();
    revisions[i] = bar.revision();
    states[i] = bar.state();
    sources[i] = bar.source();
    changeSeqs[i] = seq;
    knownAts[i] = knownAtMillis;
    lastChangeSeq = Math.max(lastChangeSeq, seq);
  }

  private void makeRoom(int i) {
    if (size == starts.length) {
      resize(size * 2);
    }
    int behind = size - i;
    System.arraycopy(starts, i, starts, i + 1, behind);
    System.arraycopy(values, i * WIDTH, values, (i + 1) * WIDTH, behind * WIDTH);
    System.arraycopy(trades, i, trades, i + 1, behind);
    System.arraycopy(revisions, i, revisions, i + 1, behind);
    System.arraycopy(states, i, states, i + 1, behind);
    System.arraycopy(sources, i, sources, i + 1, behind);
    System.arraycopy(changeSeqs, i, changeSeqs, i + 1, behind);
    System.arraycopy(knownAts, i, knownAts, i + 1, behind);
    size++;
  }

  private void resize(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    values = Arrays.copyOf(values, capacity * WIDTH);
    trades = Arrays.copyOf(trades, capacity);
    revisions = Arrays.copyOf(revisions, capacity);
    states = Arrays.copyOf(states, capacity);
    sources = Arrays.copyOf(sources, capacity);
    changeSeqs = Arrays.copyOf(changeSeqs, capacity);
    knownAts = Arrays.copyOf(knownAts, capacity);
  }

  /** Forgets the bars that start before an instant. */
  void dropBefore(long millis) {
    int dropped = lowerBound(millis);
    if (dropped == 0) {
      return;
    }
    int kept = size - dropped;
    System.arraycopy(starts, dropped, starts, 0, kept);
    System.arraycopy(values, dropped * WIDTH, values, 0, kept * WIDTH);
    System.arraycopy(trades, dropped, trades, 0, kept);
    System.arraycopy(revisions, dropped, revisions, 0, kept);
    System.arraycopy(states, dropped, states, 0, kept);
    System.arraycopy(sources, dropped, sources, 0, kept);
    System.arraycopy(changeSeqs, dropped, changeSeqs, 0, kept);
    System.arraycopy(knownAts, dropped, knownAts, 0, kept);
    size = kept;
  }
}
