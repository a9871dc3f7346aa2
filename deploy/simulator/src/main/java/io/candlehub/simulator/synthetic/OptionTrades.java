package io.candlehub.simulator.synthetic;

import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Trades;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Draws the trades of an option's minutes: at the offer or the bid of the quote strictly before, sometimes between them;
 * one in eighty is a sweep over several exchanges. Confined to one computation.
 */
final class OptionTrades {
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final String AUTOMATIC = "209";
  private static final String SWEEP = "219";
  private static final String[] AUCTIONS = {"227", "232", "233"};

  private final long key;
  private final OptionTicks ticks;
  private final double perMinute;
  private final double size;

  OptionTrades(long key, OptionTicks ticks, double perMinute, double size) {
    this.key = key;
    this.ticks = ticks;
    this.perMinute = perMinute;
    this.size = size;
  }

  /** Adds a minute's trades. */
  void minute(long startMillis, long endMillis, LongFunction<Quotes> quoteAt, Trades into) {
    long drawn = Noise.key(key, startMillis / 60_000);
    int count = (int) (perMinute * (0.6 + 0.8 * Noise.unit(drawn, 1)) + Noise.unit(drawn, 2));
    long[] instants = new long[count];
    for (int i = 0; i < count; i++) {
      instants[i] = startMillis * 1_000_000 + (long) (Noise.unit(drawn, 10 + i) * MINUTE_NANOS);
    }
    Arrays.sort(instants);
    for (int i = 0; i < count; i++) {
      long nanos = instants[i];
      boolean late = nanos / 1_000_000 + 50 >= endMillis;
      Quotes quote = quoteAt.apply(nanos / 1_000_000 - 1);
      boolean fits = into.size() == 0 || nanos > into.nanos(into.size() - 1);
      if (quote.size() > 0 && !late && fits) {
        trade(Noise.key(drawn, 100 + i), nanos, quote, into);
      }
    }
  }

  private void trade(long drawn, long nanos, Quotes quote, Trades into) {
    double bid = quote.bid(0).price();
    double ask = quote.ask(0).price();
    boolean buyer = bid == 0 || Noise.unit(drawn, 1) < 0.52;
    double price = buyer ? ask : bid;
    long tick = ticks.cents(price * 100);
    long wide = Math.round((ask - bid) * 100 / tick);
    if (bid > 0 && wide >= 2 && Noise.unit(drawn, 2) < 0.12) {
      price = Math.round(bid * 100 + (wide / 2) * tick) / 100.0;
    }
    double u = Noise.unit(drawn, 3);
    long contracts = Math.max(1, Math.round(size * (0.2 + 3.2 * u * u * u)));
    if (Noise.unit(drawn, 4) < 0.0125) {
      for (int leg = 0; leg < 4; leg++) {
        add(into, nanos + leg * 7_000_000L, price, contracts * 4, 300 + (leg * 5 + 2) % 24, SWEEP);
      }
      return;
    }
    String condition =
        Noise.unit(drawn, 5) < 0.8 ? AUTOMATIC : AUCTIONS[Noise.below(drawn, 6, AUCTIONS.length)];
    add(into, nanos, price, contracts, 300 + Noise.below(drawn, 7, 24), condition);
  }

  private static void add(
      Trades into, long nanos, double price, long contracts, int place, String condition) {
    into.add(nanos, price, contracts, nanos / 100_000 % 1_000_000_000L);
    into.details(place, 0, condition);
  }
}
