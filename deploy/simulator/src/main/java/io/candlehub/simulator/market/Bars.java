package io.candlehub.simulator.market;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/**
 * A growing list of bars, one array per column, ascending by start.
 *
 * <p>Columns keep a day of seconds small and free of per-bar garbage. Threads: confined to the builder until it is
 * published; read-only afterwards by convention.
 */
public final class Bars {
  private static final long MINUTE = 60_000;
  private static final Bars EMPTY = new Bars(0);

  private long[] starts;
  private double[] values;
  private int[] counts;
  private int size;

  /** Creates an empty list with room for a number of bars. */
  public Bars(int capacity) {
    starts = new long[capacity];
    values = new double[capacity * 6];
    counts = new int[capacity];
  }

  /** Returns a shared list without bars; it must not be added to. */
  public static Bars empty() {
    return EMPTY;
  }

  /** Adds a bar after all others. */
  public void add(BarRow row) {
    add(row.startMillis(), row.open(), row.high(), row.low(), row.close(), row.volume());
    trades(row.vwap(), row.count());
  }

  /** Adds a bar without average price and trade count after all others. */
  public void add(
      long startMillis, double open, double high, double low, double close, double volume) {
    if (size == starts.length) {
      grow();
    }
    int at = size * 6;
    starts[size] = startMillis;
    values[at] = open;
    values[at + 1] = high;
    values[at + 2] = low;
    values[at + 3] = close;
    values[at + 4] = volume;
    values[at + 5] = 0;
    counts[size] = 0;
    size++;
  }

  /** Sets average price and trade count of the bar added last. */
  public void trades(double vwap, int count) {
    values[(size - 1) * 6 + 5] = vwap;
    counts[size - 1] = count;
  }

  /** Adds bars of another list, from one index to another, exclusive. */
  public void addAll(Bars other, int from, int to) {
    for (int i = from; i < to; i++) {
      add(other.row(i));
    }
  }

  private void grow() {
    int capacity = Math.max(16, starts.length * 2);
    starts = Arrays.copyOf(starts, capacity);
    values = Arrays.copyOf(values, capacity * 6);
    counts = Arrays.copyOf(counts, capacity);
  }

  /** Returns the number of bars. */
  public int size() {
    return size;
  }

  /** Returns the start of a bar. */
  public long startMillis(int i) {
    return starts[i];
  }

  /** Returns the open of a bar. */
  public double open(int i) {
    return values[i * 6];
  }

  /** Returns the high of a bar. */
  public double high(int i) {
    return values[i * 6 + 1];
  }

  /** Returns the low of a bar. */
  public double low(int i) {
    return values[i * 6 + 2];
  }

  /** Returns the close of a bar. */
  public double close(int i) {
    return values[i * 6 + 3];
  }

  /** Returns the volume of a bar. */
  public double volume(int i) {
    return values[i * 6 + 4];
  }

  /** Returns the average price of a bar, 0 if unknown. */
  public double vwap(int i) {
    return values[i * 6 + 5];
  }

  /** Returns the number of trades of a bar, 0 if unknown. */
  public int count(int i) {
    return counts[i];
  }

  /** Returns one bar as a row. */
  public BarRow row(int i) {
    return new BarRow(
        startMillis(i), open(i), high(i), low(i), close(i), volume(i), vwap(i), count(i));
  }

  /** Returns the index of the first bar that starts at or after an instant; the size if there is none. */
  public int firstAtOrAfter(long millis) {
    int found = Arrays.binarySearch(starts, 0, size, millis);
    return found >= 0 ? found : -found - 1;
  }

  /** Returns the bars that start in a half-open range. */
  public Bars between(long fromMillis, long toMillis) {
    int from = firstAtOrAfter(fromMillis);
    int to = firstAtOrAfter(toMillis);
    Bars part = new Bars(Math.max(0, to - from));
    part.addAll(this, from, to);
    return part;
  }

  /** Returns the bars without those of some starts. */
  public Bars without(LongPredicate isCut) {
    Bars rest = new Bars(size);
    for (int i = 0; i < size; i++) {
      if (!isCut.test(starts[i])) {
        rest.add(row(i));
      }
    }
    return rest;
  }

  /** Returns a list of what becomes of each bar; none may change its place. */
  public Bars map(UnaryOperator<BarRow> change) {
    Bars changed = new Bars(size);
    for (int i = 0; i < size; i++) {
      changed.add(change.apply(row(i)));
    }
    return changed;
  }

  /** Returns the minutes that these shorter bars make up. */
  public Bars minutes() {
    Bars minutes = new Bars(size / 60 + 1);
    int i = 0;
    while (i < size) {
      long start = Math.floorDiv(starts[i], MINUTE) * MINUTE;
      int next = firstAtOrAfter(start + MINUTE);
      minutes.add(fold(i, next, start));
      i = next;
    }
    return minutes;
  }

  /** Returns one bar over all bars from one index to another, exclusive, which must not be empty. */
  public BarRow fold(int from, int to, long startMillis) {
    double high = high(from);
    double low = low(from);
    double volume = 0;
    double turnover = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      high = Math.max(high, high(i));
      low = Math.min(low, low(i));
      volume += volume(i);
      turnover += vwap(i) * volume(i);
      count += count(i);
    }
    double vwap = volume > 0 ? turnover / volume : 0;
    return new BarRow(startMillis, open(from), high, low, close(to - 1), volume, vwap, count);
  }
}
