package io.candlehub.simulator.market;

import java.util.Arrays;

/**
 * A growing list of trades, one array per column, ascending by time.
 *
 * <p>Threads: confined to the builder until published, read-only afterwards by convention.
 */
public final class Trades {
  private static final Trades EMPTY = new Trades(0);

  private long[] nanos;
  private double[] prices;
  private long[] sizes;
  private long[] sequences;
  private short[] exchanges;
  private byte[] tapes;
  private String[] conditions;
  private int size;

  /** Creates an empty list with room for a number of trades. */
  public Trades(int capacity) {
    nanos = new long[capacity];
    prices = new double[capacity];
    sizes = new long[capacity];
    sequences = new long[capacity];
    exchanges = new short[capacity];
    tapes = new byte[capacity];
    conditions = new String[capacity];
  }

  /** Returns a shared list without trades; it must not be added to. */
  public static Trades empty() {
    return EMPTY;
  }

  /**
   * Adds a trade after all others.
   *
   * @param nanosOfEpoch time in epoch nanos
   * @param price price in dollars
   * @param shares shares traded
   * @param sequence the tape's sequence number
   */
  public void add(long nanosOfEpoch, double price, long shares, long sequence) {
    if (size == nanos.length) {
      grow();
    }
    nanos[size] = nanosOfEpoch;
    prices[size] = price;
    sizes[size] = shares;
    sequences[size] = sequence;
    conditions[size] = "";
    size++;
  }

  /** Sets where the trade added last was made: exchange id, tape, and its comma-separated condition ids. */
  public void details(int exchange, int tape, String conditionIds) {
    exchanges[size - 1] = (short) exchange;
    tapes[size - 1] = (byte) tape;
    conditions[size - 1] = conditionIds;
  }

  private void grow() {
    int capacity = Math.max(16, nanos.length * 2);
    nanos = Arrays.copyOf(nanos, capacity);
    prices = Arrays.copyOf(prices, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    exchanges = Arrays.copyOf(exchanges, capacity);
    tapes = Arrays.copyOf(tapes, capacity);
    conditions = Arrays.copyOf(conditions, capacity);
  }

  /** Returns the number of trades. */
  public int size() {
    return size;
  }

  /** Returns the time of a trade in epoch nanos. */
  public long nanos(int i) {
    return nanos[i];
  }

  /** Returns the time of a trade in epoch millis. */
  public long millis(int i) {
    return nanos[i] / 1_000_000;
  }

  /** Returns the price of a trade. */
  public double price(int i) {
    return prices[i];
  }

  /** Returns the shares of a trade. */
  public long shares(int i) {
    return sizes[i];
  }

  /** Returns the sequence number of a trade. */
  public long sequence(int i) {
    return sequences[i];
  }

  /** Returns the exchange id of a trade. */
  public int exchange(int i) {
    return exchanges[i];
  }

  /** Returns the tape of a trade, 1 to 3. */
  public int tape(int i) {
    return tapes[i];
  }

  /** Returns the comma-separated condition ids of a trade; empty for a regular sale. */
  public String conditions(int i) {
    return conditions[i];
  }

  /** Returns the index of the first trade at or after an instant; the size if there is none. */
  public int firstAtOrAfter(long millis) {
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

  /** Returns the last of them alone; without rows if there is none. */
  public Trades last() {
    Trades part = new Trades(1);
    if (size > 0) {
      part.add(nanos[size - 1], prices[size - 1], sizes[size - 1], sequences[size - 1]);
      part.details(exchanges[size - 1], tapes[size - 1], conditions[size - 1]);
    }
    return part;
  }

  /** Returns the trades of a half-open range. */
  public Trades between(long fromMillis, long toMillis) {
    int from = firstAtOrAfter(fromMillis);
    int to = firstAtOrAfter(toMillis);
    Trades part = new Trades(Math.max(0, to - from));
    for (int i = from; i < to; i++) {
      part.add(nanos[i], prices[i], sizes[i], sequences[i]);
      part.details(exchanges[i], tapes[i], conditions[i]);
    }
    return part;
  }
}
