package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Bars in columns, ascending by start, each with the position of its last change and the market time at which its
 * values were known. Bars may be put in any order. Confined to the hub's event loop.
 *
 * <p>A bar takes 70 bytes: starts and known times are kept in seconds, states and sources in bits. Known times are
 * rounded up, so that an answer asked for in the same second never overwrites what is known. Coverage takes room only
 * where bars have one.
 */
final class BarColumns {
  private static final int WIDTH = 6;
  private static final int STEP = 240;
  private static final int NO_TRADES = -1;
  private static final int REVISION_LIMIT = 0x0FFF;
  private static final int SOURCE_SHIFT = 2;
  private static final int REVISION_SHIFT = 4;
  private static final List<BarState> STATES = List.of(BarState.values());
  private static final List<BarSource> SOURCES = List.of(BarSource.values());

  private int size;
  private int[] starts = new int[0];
  private double[] values = new double[0];
  private int[] trades = new int[0];
  private short[] marks = new short[0];
  private long[] changeSeqs = new long[0];
  private int[] knownAts = new int[0];
  private double[] coverages = new double[0];
  private long lastChangeSeq;

  int size() {
    return size;
  }

  long startMillis(int i) {
    return starts[i] * 1_000L;
  }

  boolean isFinal(int i) {
    BarState state = state(i);
    return state == BarState.FINAL || state == BarState.REVISED;
  }

  private BarState state(int i) {
    return STATES.get(marks[i] & 3);
  }

  BarSource source(int i) {
    return SOURCES.get(marks[i] >> SOURCE_SHIFT & 3);
  }

  private int revision(int i) {
    return marks[i] >> REVISION_SHIFT & REVISION_LIMIT;
  }

  long changeSeq(int i) {
    return changeSeqs[i];
  }

  /** Returns the position of the newest change of any bar, 0 if there was none. */
  long lastChangeSeq() {
    return lastChangeSeq;
  }

  /** Returns when a bar's values were known, rounded up to a second. */
  long knownAtMillis(int i) {
    return knownAts[i] * 1_000L;
  }

  void knownAt(int i, long millis) {
    knownAts[i] = seconds(millis);
  }

  private static int seconds(long millis) {
    return (int) Math.min(Integer.MAX_VALUE, -Math.floorDiv(-Math.max(0, millis), 1_000L));
  }

  /** Returns the index of a start, or {@code -(insertion point) - 1}. */
  int indexOf(long startMillis) {
    if (size == 0 || startMillis < startMillis(0)) {
      return -1;
    }
    long last = startMillis(size - 1);
    if (last <= startMillis) {
      return last == startMillis ? size - 1 : -size - 1;
    }
    int second = (int) Math.floorDiv(startMillis, 1_000L);
    int found = Arrays.binarySearch(starts, 0, size, second);
    boolean between = found >= 0 && startMillis(found) != startMillis;
    return between ? -found - 2 : found;
  }

  /** Returns the index of the first bar that starts at or after an instant. */
  int lowerBound(long millis) {
    int found = indexOf(millis);
    return found >= 0 ? found : -found - 1;
  }

  Bar bar(int i) {
    int at = i * WIDTH;
    return new Bar(
        startMillis(i),
        values[at],
        values[at + 1],
        values[at + 2],
        values[at + 3],
        values[at + 4],
        values[at + 5],
        trades[i],
        state(i),
        revision(i),
        source(i),
        coverages.length == 0 ? Double.NaN : coverages[i]);
  }

  /** Adds bar {@code i} to a fold without creating it. */
  void addTo(BarFold fold, int i) {
    addPriceTo(fold, i);
    addVolumeTo(fold, i);
  }

  void addPriceTo(BarFold fold, int i) {
    int at = i * WIDTH;
    fold.price(values[at], values[at + 1], values[at + 2], values[at + 3]);
    fold.source(source(i));
  }

  void addVolumeTo(BarFold fold, int i) {
    int at = i * WIDTH;
    fold.volume(values[at + 4], values[at + 5], trades[i]);
  }

  /**
   * Inserts a bar or replaces the one of the same start.
   *
   * @throws IllegalArgumentException if the bar does not start at a whole second
   */
  void put(Bar bar, long knownAtMillis, long seq) {
    if (bar.startMillis() % 1_000 != 0) {
      throw new IllegalArgumentException("bar must start at a whole second: " + bar.startMillis());
    }
    int i = indexOf(bar.startMillis());
    if (i < 0) {
      i = -i - 1;
      makeRoom(i);
      starts[i] = (int) (bar.startMillis() / 1_000);
    }
    int at = i * WIDTH;
    values[at] = bar.open();
    values[at + 1] = bar.high();
    values[at + 2] = bar.low();
    values[at + 3] = bar.close();
    values[at + 4] = bar.volume();
    values[at + 5] = bar.vwap();
    trades[i] = bar.trades() < 0 ? NO_TRADES : (int) Math.min(Integer.MAX_VALUE, bar.trades());
    int revision = Math.min(REVISION_LIMIT, bar.revision());
    marks[i] = (short) (STATES.indexOf(bar.state())
        | SOURCES.indexOf(bar.source()) << SOURCE_SHIFT
        | revision << REVISION_SHIFT);
    changeSeqs[i] = seq;
    knownAt(i, knownAtMillis);
    cover(i, bar.coverage());
    lastChangeSeq = Math.max(lastChangeSeq, seq);
  }

  private void cover(int i, double coverage) {
    if (coverages.length == 0 && !Double.isNaN(coverage)) {
      coverages = new double[starts.length];
      Arrays.fill(coverages, Double.NaN);
    }
    if (coverages.length > 0) {
      coverages[i] = coverage;
    }
  }

  private void makeRoom(int i) {
    if (size == starts.length) {
      resize((size + Math.max(STEP, size / 8) + STEP - 1) / STEP * STEP);
    }
    move(i, i + 1, size - i);
    size++;
  }

  private void resize(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    values = Arrays.copyOf(values, capacity * WIDTH);
    trades = Arrays.copyOf(trades, capacity);
    marks = Arrays.copyOf(marks, capacity);
    changeSeqs = Arrays.copyOf(changeSeqs, capacity);
    knownAts = Arrays.copyOf(knownAts, capacity);
    if (coverages.length > 0) {
      coverages = Arrays.copyOf(coverages, capacity);
    }
  }

  private void move(int from, int to, int count) {
    System.arraycopy(starts, from, starts, to, count);
    System.arraycopy(values, from * WIDTH, values, to * WIDTH, count * WIDTH);
    System.arraycopy(trades, from, trades, to, count);
    System.arraycopy(marks, from, marks, to, count);
    System.arraycopy(changeSeqs, from, changeSeqs, to, count);
    System.arraycopy(knownAts, from, knownAts, to, count);
    if (coverages.length > 0) {
      System.arraycopy(coverages, from, coverages, to, count);
    }
  }

  /** Writes the chosen ones of the bars that changed after a position. */
  void writeTo(DeltaWriter out, long sinceSeq, IntPredicate chosen) {
    IntPredicate written = i -> changeSeqs[i] > sinceSeq && chosen.test(i);
    write(out, lastChangeSeq > sinceSeq ? written : i -> false);
  }

  /** Writes the chosen bars. */
  void write(DeltaWriter out, IntPredicate chosen) {
    out.number(IntStream.range(0, size).filter(chosen).count());
    int before = -1;
    for (int i = 0; i < size; i++) {
      if (chosen.test(i)) {
        write(out, i, before);
        before = i;
      }
    }
  }

  private void write(DeltaWriter out, int i, int before) {
    boolean first = before < 0;
    out.signed(starts[i] - (first ? 0 : starts[before]));
    out.signed(changeSeqs[i] - (first ? 0 : changeSeqs[before]));
    out.signed((long) knownAts[i] - (first ? 0 : knownAts[before]));
    out.number(Short.toUnsignedInt(marks[i]));
    for (int at = i * WIDTH; at < (i + 1) * WIDTH; at++) {
      out.decimal(values[at]);
    }
    out.number(trades[i] + 1L);
    out.decimal(coverages.length == 0 ? Double.NaN : coverages[i]);
  }

  /** Puts the bars that were written, with their positions and known times. */
  void readFrom(DeltaReader in) {
    long start = 0;
    long seq = 0;
    long known = 0;
    for (int left = in.count(); left > 0; left--) {
      start += in.signed();
      seq += in.signed();
      known += in.signed();
      int mark = in.count();
      Bar bar = new Bar(
          start * 1_000,
          in.decimal(),
          in.decimal(),
          in.decimal(),
          in.decimal(),
          in.decimal(),
          in.decimal(),
          in.number() - 1,
          STATES.get(mark & 3),
          mark >> REVISION_SHIFT & REVISION_LIMIT,
          SOURCES.get(mark >> SOURCE_SHIFT & 3),
          in.decimal());
      put(bar, known * 1_000, seq);
    }
  }

  /** Forgets the bars that start before an instant. */
  void dropBefore(long millis) {
    int dropped = lowerBound(millis);
    if (dropped > 0) {
      move(dropped, 0, size - dropped);
      size -= dropped;
    }
  }

  /** Returns how many bytes the columns take, those kept free for growth included. */
  long bytes() {
    long perBar = Integer.BYTES * 3L + Double.BYTES * (long) WIDTH + Short.BYTES + Long.BYTES;
    return starts.length * perBar + coverages.length * (long) Double.BYTES;
  }
}
