package io.candlehub.simulator.synthetic;

/**
 * The trades inside one second: they walk from open over high and low to close and add up to its volume.
 *
 * <p>Threads: confined to one computation; {@link #draw} reuses the arrays.
 */
final class SecondTicks {
  private static final int MOST = 8;

  private final long[] cents = new long[MOST];
  private final long[] shares = new long[MOST];
  private int count;

  /** Draws the trades of a second. */
  void draw(long key, Slice second) {
    count = 0;
    add(second.open());
    boolean upFirst = (key & 1) == 0;
    if (upFirst) {
      addHigh(second);
      addLow(second);
    } else {
      addLow(second);
      addHigh(second);
    }
    if (cents[count - 1] != second.close()) {
      add(second.close());
    }
    int extra = (int) Math.min(MOST - count, (second.volume() - count) / 100);
    int repeats = extra <= 0 ? 0 : Noise.below(key, 1, extra + 1);
    for (int i = 0; i < repeats; i++) {
      add(second.close());
    }
    share(key, second.volume());
  }

  private void addHigh(Slice second) {
    if (second.high() > Math.max(second.open(), second.close())) {
      add(second.high());
    }
  }

  private void addLow(Slice second) {
    if (second.low() < Math.min(second.open(), second.close())) {
      add(second.low());
    }
  }

  private void add(long price) {
    cents[count++] = price;
  }

  private void share(long key, long volume) {
    long spare = volume - count;
    long given = 0;
    for (int i = 0; i < count; i++) {
      double jitter = 0.5 * Noise.unit(key, 20L + i);
      long upTo = i == count - 1 ? spare : (long) (spare * (i + 0.5 + jitter) / count);
      shares[i] = 1 + upTo - given;
      given = upTo;
    }
  }

  /** Returns the number of trades. */
  int count() {
    return count;
  }

  /** Returns the price of a trade in cents. */
  long cents(int i) {
    return cents[i];
  }

  /** Returns the shares of a trade. */
  long shares(int i) {
    return shares[i];
  }

  /** Returns the volume-weighted average price in dollars. */
  double vwap() {
    double turnover = 0;
    long volume = 0;
    for (int i = 0; i < count; i++) {
      turnover += (double) cents[i] * shares[i];
      volume += shares[i];
    }
    return turnover / volume / 100;
  }

  /** Returns when a trade happens, in nanos after the start of the second. */
  long offsetNanos(long key, int i) {
    return (long) ((i + 0.1 + 0.8 * Noise.unit(key, 40L + i)) * 1e9 / count);
  }
}
