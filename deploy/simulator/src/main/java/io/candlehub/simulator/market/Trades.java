package io.candlehub.simulator.market;

import java.util.Arrays;

/**
 * A growing list of trades, one array per column, ascending by time.
 *
 * <p>Threads: confined to the builder until published, read-only afterwards by convention.
 */
public final class Trades extends Ticks<Trades> {
  private static final Trades EMPTY = new Trades(0);

  private double[] prices;
  private long[] sizes;
  private short[] exchanges;
  private byte[] tapes;
  private String[] conditions;

  /** Creates an empty list with room for a number of trades. */
  public Trades(int capacity) {
    super(capacity);
    prices = new double[capacity];
    sizes = new long[capacity];
    exchanges = new short[capacity];
    tapes = new byte[capacity];
    conditions = new String[capacity];
  }

  /** Returns a shared list without trades; it must not be added to. */
  public static Trades empty() {
    return EMPTY;
  }

  @Override
  Trades withRoom(int capacity) {
    return new Trades(capacity);
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
    int at = add(nanosOfEpoch, sequence);
    prices[at] = price;
    sizes[at] = shares;
    conditions[at] = "";
  }

  @Override
  void add(Trades other, int i) {
    add(other, i, other.prices[i]);
  }

  /** Adds a trade of another list at another price after all others. */
  void add(Trades other, int i, double price) {
    add(other.nanos(i), price, other.sizes[i], other.sequence(i));
    details(other.exchanges[i], other.tapes[i], other.conditions[i]);
  }

  /** Sets where the trade added last was made: exchange id, tape, and its comma-separated condition ids. */
  public void details(int exchange, int tape, String conditionIds) {
    exchanges[size() - 1] = (short) exchange;
    tapes[size() - 1] = (byte) tape;
    conditions[size() - 1] = conditionIds;
  }

  @Override
  void grow(int capacity) {
    prices = Arrays.copyOf(prices, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    exchanges = Arrays.copyOf(exchanges, capacity);
    tapes = Arrays.copyOf(tapes, capacity);
    conditions = Arrays.copyOf(conditions, capacity);
  }

  /** Returns the price of a trade. */
  public double price(int i) {
    return prices[i];
  }

  /** Returns the shares of a trade. */
  public long shares(int i) {
    return sizes[i];
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
}
