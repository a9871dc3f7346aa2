package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.option.Contract;
import java.util.List;

/**
 * One option contract's invented day. Quotes come at fixed instants around the contract's value, so each is known without
 * those before it; trades are drawn when they are first asked for and kept. Safe anywhere.
 */
final class SyntheticOptionDay implements SymbolDay {
  private static final long MINUTE = 60_000;
  private static final long NANOS = 1_000_000;

  private final Contract contract;
  private final TradingDay day;
  private final long key;
  private final OptionTicks ticks;
  private final OptionPrice price;
  private final Liquidity liquidity;
  private final long openMillis;
  private final long endMillis;
  private final long firstMillis;
  private final long stepMillis;
  private Trades all;
  private Bars minutes;

  /**
   * Creates a day that costs nothing yet.
   *
   * @param contract the contract
   * @param day the exchange's day
   * @param session when the contract trades on it
   * @param key what its noise depends on
   * @param liquidity how much it trades
   * @param price its value
   */
  SyntheticOptionDay(
      Contract contract,
      TradingDay day,
      TradingDay session,
      long key,
      Liquidity liquidity,
      OptionPrice price) {
    this.contract = contract;
    this.day = day;
    this.key = key;
    this.ticks = OptionTicks.of(contract);
    this.price = price;
    this.liquidity = liquidity;
    openMillis = session.openMillis();
    endMillis = Math.min(session.closeMillis(), contract.expiryMillis());
    stepMillis = liquidity.quoteMillis();
    firstMillis = openMillis + 300 + (long) (Noise.unit(key, 1) * stepMillis);
  }

  @Override
  public String ticker() {
    return contract.ticker();
  }

  @Override
  public TradingDay day() {
    return day;
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    Quotes found = new Quotes(64);
    if (liquidity.quoted()) {
      long number = Math.max(0, -Math.floorDiv(firstMillis - fromMillis, stepMillis));
      long end = Math.min(toMillis, endMillis);
      for (long n = number; firstMillis + n * stepMillis < end; n++) {
        quote(n, found);
      }
    }
    return found;
  }

  @Override
  public Quotes quoteAt(long millis) {
    long last = Math.min(millis, endMillis - 1);
    long number = Math.floorDiv(last - firstMillis, stepMillis);
    Quotes found = new Quotes(1);
    if (liquidity.quoted() && number >= 0 && endMillis > openMillis) {
      quote(number, found);
    }
    return found;
  }

  private void quote(long number, Quotes into) {
    long at = firstMillis + number * stepMillis;
    long drawn = Noise.key(key, 1_000 + number);
    double cents = price.at(at) * 100;
    long tick = ticks.cents(cents);
    double half = Math.max(tick * 0.5, cents * spread()) * (0.9 + 0.2 * Noise.unit(drawn, 1));
    long bid = Math.max(0, (long) Math.floor((cents - half) / tick) * tick);
    long ask = Math.max(tick, (long) Math.ceil((cents + half) / tick) * tick);
    int most = liquidity.contracts() > 100 ? 180 : 40;
    long nanos = at * NANOS + Noise.below(drawn, 2, 999_999);
    into.add(
        nanos,
        nanos / 100_000 % 1_000_000_000L,
        new Quotes.Side(
            bid / 100.0, bid == 0 ? 0 : 1 + Noise.below(drawn, 3, most), place(drawn, 5)),
        new Quotes.Side(ask / 100.0, 1 + Noise.below(drawn, 4, most), place(drawn, 6)),
        0);
  }

  private double spread() {
    double contracts = liquidity.contracts();
    return contracts > 1_500 ? 0.002 : contracts > 150 ? 0.005 : contracts > 15 ? 0.01 : 0.02;
  }

  private static int place(long drawn, int number) {
    return 300 + Noise.below(drawn, number, 24);
  }

  private synchronized Trades all() {
    if (all == null) {
      all = draw();
    }
    return all;
  }

  private Trades draw() {
    Trades found = new Trades(32);
    if (!liquidity.quoted() || endMillis <= openMillis) {
      return found;
    }
    double slots = (double) (endMillis - openMillis) / MINUTE;
    double perMinute = Math.min(2.5, liquidity.contracts() / 6 / slots);
    double size = liquidity.contracts() / (perMinute * slots);
    OptionTrades draw = new OptionTrades(key, ticks, perMinute, size);
    for (long start = openMillis; start < endMillis; start += MINUTE) {
      draw.minute(start, endMillis, this::quoteAt, found);
    }
    return found;
  }

  @Override
  public Trades trades(long fromMillis, long toMillis) {
    return all().between(fromMillis, toMillis);
  }

  @Override
  public synchronized Bars minutes() {
    if (minutes == null) {
      minutes = fold(all(), MINUTE);
    }
    return minutes;
  }

  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    long from = Math.floorDiv(fromMillis, 1_000L) * 1_000;
    return fold(trades(from, toMillis), 1_000).between(fromMillis, toMillis);
  }

  private static Bars fold(Trades trades, long width) {
    Bars bars = new Bars(32);
    int i = 0;
    while (i < trades.size()) {
      long start = Math.floorDiv(trades.millis(i), width) * width;
      double high = trades.price(i);
      double low = high;
      double turnover = 0;
      long volume = 0;
      int from = i;
      while (i < trades.size() && trades.millis(i) < start + width) {
        high = Math.max(high, trades.price(i));
        low = Math.min(low, trades.price(i));
        turnover += trades.price(i) * trades.shares(i);
        volume += trades.shares(i);
        i++;
      }
      bars.add(start, trades.price(from), high, low, trades.price(i - 1), (double) volume);
      bars.trades(turnover / volume, i - from);
    }
    return bars;
  }

  @Override
  public List<Correction> corrections() {
    return List.of();
  }

  @Override
  public List<Halt> halts() {
    return List.of();
  }
}
