package io.candlehub.simulator.market;

import java.util.Arrays;

/**
 * A growing list of best bid and offer changes, one array per column, ascending by time.
 *
 * <p>Threads: confined to the builder until published, read-only afterwards by convention.
 */
public final class Quotes extends Ticks<Quotes> {
  private static final Quotes EMPTY = new Quotes(0);

  private double[] prices;
  private int[] sizes;
  private short[] places;

  /** Creates an empty list with room for a number of quotes. */
  public Quotes(int capacity) {
    super(capacity);
    prices = new double[capacity * 2];
    sizes = new int[capacity * 2];
    places = new short[capacity * 3];
  }

  /** Returns a shared list without quotes; it must not be added to. */
  public static Quotes empty() {
    return EMPTY;
  }

  @Override
  Quotes withRoom(int capacity) {
    return new Quotes(capacity);
  }

  /** Adds a quote after all others. */
  public void add(long nanosOfEpoch, long sequence, Side bid, Side ask, int tape) {
    int at = add(nanosOfEpoch, sequence);
    prices[at * 2] = bid.price();
    prices[at * 2 + 1] = ask.price();
    sizes[at * 2] = bid.size();
    sizes[at * 2 + 1] = ask.size();
    places[at * 3] = (short) bid.exchange();
    places[at * 3 + 1] = (short) ask.exchange();
    places[at * 3 + 2] = (short) tape;
  }

  @Override
  void add(Quotes other, int i) {
    add(other.nanos(i), other.sequence(i), other.bid(i), other.ask(i), other.tape(i));
  }

  @Override
  void grow(int capacity) {
    prices = Arrays.copyOf(prices, capacity * 2);
    sizes = Arrays.copyOf(sizes, capacity * 2);
    places = Arrays.copyOf(places, capacity * 3);
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

  /**
   * One side of a quote.
   *
   * @param price price in dollars, 0 if the side is empty
   * @param size size in the provider's unit
   * @param exchange exchange id
   */
  public record Side(double price, int size, int exchange) {}
}
