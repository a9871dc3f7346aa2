package io.candlehub.simulator.market;

import java.util.Arrays;

/**
 * A growing list of best bid and offer changes, one array per column, ascending by time.
 *
 * <p>Threads: confined to the builder until published, read-only afterwards by convention.
 */
public final class Quotes {
  private static final Quotes EMPTY = new Quotes(0);

  private long[] nanos;
  private long[] sequences;
  private double[] prices;
  private int[] sizes;
  private short[] places;
  private int size;

  /** Creates an empty list with room for a number of quotes. */
  public Quotes(int capacity) {
    nanos = new long[capacity];
    sequences = new long[capacity];
    prices = new double[capacity * 2];
    sizes = new int[capacity * 2];
    places = new short[capacity * 3];
  }

  /** Returns a shared list without quotes; it must not be added to. */
  public static Quotes empty() {
    return EMPTY;
  }

  /** Adds a quote after all others. */
  public void add(long nanosOfEpoch, long sequence, Side bid, Side ask, int tape) {
    if (size == nanos.length) {
      grow();
    }
    nanos[size] = nanosOfEpoch;
    sequences[size] = sequence;
    prices[size * 2] = bid.price();
    prices[size * 2 + 1] = ask.price();
    sizes[size * 2] = bid.size();
    sizes[size * 2 + 1] = ask.size();
    places[size * 3] = (short) bid.exchange();
    places[size * 3 + 1] = (short) ask.exchange();
    places[size * 3 + 2] = (short) tape;
    size++;
  }

  private void grow() {
    int capacity = Math.max(16, nanos.length * 2);
    nanos = Arrays.copyOf(nanos, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    prices = Arrays.copyOf(prices, capacity * 2);
    sizes = Arrays.copyOf(sizes, capacity * 2);
    places = Arrays.copyOf(places, capacity * 3);
  }

  /** Returns the number of quotes. */
  public int size() {
    return size;
  }

  /** Returns the time of a quote in epoch nanos. */
  public long nanos(int i) {
    return nanos[i];
  }

  /** Returns the time of a quote in epoch millis. */
  public long millis(int i) {
    return nanos[i] / 1_000_000;
  }

  /** Returns the sequence number of a quote. */
  public long sequence(int i) {
    return sequences[i];
  }

  /** Returns the bid of a quote. */
  public Side bid(int i) {
    return new Side(prices[i * 2], sizes[i * 2], places[i * 3]);
  }

  /** Returns the offer of a quote. */
  public Side ask(int i) {
    return new Side(prices[i * 2 + 1], sizes[i * 2 + 1], places[i * 3 + 1]);
  }

  /** Returns the tape of a quote, 1 to 3. */
  public int tape(int i) {
    return places[i * 3 + 2];
  }

  /** Returns the index of the first quote at or after an instant; the size if there is none. */
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
  public Quotes last() {
    Quotes part = new Quotes(1);
    if (size > 0) {
      part.add(nanos[size - 1], sequences[size - 1], bid(size - 1), ask(size - 1), tape(size - 1));
    }
    return part;
  }

  /** Returns the quotes of a half-open range. */
  public Quotes between(long fromMillis, long toMillis) {
    int from = firstAtOrAfter(fromMillis);
    int to = firstAtOrAfter(toMillis);
    Quotes part = new Quotes(Math.max(0, to - from));
    for (int i = from; i < to; i++) {
      part.add(nanos[i], sequences[i], bid(i), ask(i), tape(i));
    }
    return part;
  }

  /**
   * One side of a quote.
   *
   * @param price price in dollars, 0 if the side is empty
   * @param size size in the provider's unit
   * @param exchange exchange id
   */
  public record Side(double price, int size, int exchange) {}
}
