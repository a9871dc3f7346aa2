package io.candlehub.model;

import java.util.Arrays;

/**
 * A run of raw provider bars in columns, ascending by start and without duplicates: what history requests return and
 * stores keep. Values are unadjusted. Immutable.
 */
public final class BarBlock {
  private static final BarBlock EMPTY = new Builder(0).build();

  private final int size;
  private final long[] starts;
  private final double[] values;

  private BarBlock(int size, long[] starts, double[] values) {
    this.size = size;
    this.starts = starts;
    this.values = values;
  }

  /** Returns the block without bars. */
  public static BarBlock empty() {
    return EMPTY;
  }

  /** Returns how many bars there are. */
  public int size() {
    return size;
  }

  /** Returns the start of bar {@code i} in epoch millis. */
  public long startMillis(int i) {
    return starts[i];
  }

  /** Returns the first price of bar {@code i}. */
  public double open(int i) {
    return values[i * Builder.WIDTH];
  }

  /** Returns the highest price of bar {@code i}. */
  public double high(int i) {
    return values[i * Builder.WIDTH + 1];
  }

  /** Returns the lowest price of bar {@code i}. */
  public double low(int i) {
    return values[i * Builder.WIDTH + 2];
  }

  /** Returns the last price of bar {@code i}. */
  public double close(int i) {
    return values[i * Builder.WIDTH + 3];
  }

  /** Returns the volume of bar {@code i}. */
  public double volume(int i) {
    return values[i * Builder.WIDTH + 4];
  }

  /** Returns the volume-weighted average price of bar {@code i}, or NaN. */
  public double vwap(int i) {
    return values[i * Builder.WIDTH + 5];
  }

  /** Returns the number of trades of bar {@code i}, or -1. */
  public long trades(int i) {
    return (long) values[i * Builder.WIDTH + 6];
  }

  /** Returns the part whose starts lie in [from, to]. */
  public BarBlock between(long fromMillis, long toMillis) {
    int from = lowerBound(fromMillis);
    int to = Math.max(from, toMillis == Long.MAX_VALUE ? size : lowerBound(toMillis + 1));
    if (from == 0 && to == size) {
      return this;
    }
    return new BarBlock(
        to - from,
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(values, from * Builder.WIDTH, to * Builder.WIDTH));
  }

  private int lowerBound(long millis) {
    int found = Arrays.binarySearch(starts, 0, size, millis);
    return found >= 0 ? found : -found - 1;
  }

  /** Collects bars into a block. Not safe for use by several threads. */
  public static final class Builder {
    private static final int WIDTH = 7;

    private int size;
    private long[] starts;
    private double[] values;

    /** Creates a builder with room for a number of bars; it grows when needed. */
    public Builder(int expected) {
      starts = new long[expected];
      values = new double[expected * WIDTH];
    }

    /**
     * Adds a bar behind the others.
     *
     * @param vwap NaN if unknown
     * @param trades -1 if unknown
     * @throws IllegalArgumentException if the start does not ascend or the values cannot be a bar
     */
    public Builder add(
        long startMillis,
        double open,
        double high,
        double low,
        double close,
        double volume,
        double vwap,
        long trades) {
      if (size > 0 && startMillis <= starts[size - 1]) {
        throw new IllegalArgumentException(
            "start " + startMillis + " must be after " + starts[size - 1]);
      }
      Ohlc.problem(open, high, low, close, volume).ifPresent(problem -> {
        throw new IllegalArgumentException("bar at " + startMillis + ": " + problem);
      });
      if (size == starts.length) {
        int capacity = Math.max(16, size * 2);
        starts = Arrays.copyOf(starts, capacity);
        values = Arrays.copyOf(values, capacity * WIDTH);
      }
      starts[size] = startMillis;
      int at = size * WIDTH;
      values[at] = open;
      values[at + 1] = high;
      values[at + 2] = low;
      values[at + 3] = close;
      values[at + 4] = volume;
      values[at + 5] = vwap;
      values[at + 6] = trades;
      size++;
      return this;
    }

    /** Adds bar {@code i} of another block. */
    public Builder add(BarBlock block, int i) {
      return add(
          block.startMillis(i),
          block.open(i),
          block.high(i),
          block.low(i),
          block.close(i),
          block.volume(i),
          block.vwap(i),
          block.trades(i));
    }

    /** Returns the last start added, or {@link Long#MIN_VALUE}. */
    public long lastStartMillis() {
      return size == 0 ? Long.MIN_VALUE : starts[size - 1];
    }

    /** Returns the block of all bars added so far; the builder may go on. */
    public BarBlock build() {
      return new BarBlock(size, Arrays.copyOf(starts, size), Arrays.copyOf(values, size * WIDTH));
    }
  }
}
