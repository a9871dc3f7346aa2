package io.candlehub.simulator.synthetic;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Trades;
import java.util.Optional;

/**
 * Draws the seconds, trades and quotes of single minutes.
 *
 * <p>One minute in 250 has a trade that is reported late: it is missing from the minute as first published. Threads:
 * confined to one computation.
 */
final class SecondDraw {
  private static final double SHARES_PER_TRADE = 150;
  private static final double LATE_SHARE = 0.004;
  private static final long LATE_MIN_VOLUME = 16;

  private final Symbol symbol;
  private final long dayKey;
  private final SecondTicks ticks = new SecondTicks();
  private Late late;

  SecondDraw(Symbol symbol, long dayKey) {
    this.symbol = symbol;
    this.dayKey = dayKey;
  }

  /** Adds a minute's seconds as first published and remembers its late trade. */
  void minute(int slot, long startMillis, Slice minute, Bars into) {
    forSeconds(slot, startMillis, minute, (key, start, second) -> {
      ticks.draw(key, second);
      into.add(
          start,
          second.open() / 100.0,
          second.high() / 100.0,
          second.low() / 100.0,
          second.close() / 100.0,
          (double) second.volume());
      into.trades(ticks.vwap(), ticks.count());
      if (late != null && late.second().startMillis() == start) {
        late = late.addedTo(into.row(into.size() - 1));
      }
    });
  }

  /** Returns the late trade of the minute drawn last. */
  Optional<Late> late() {
    return Optional.ofNullable(late);
  }

  /** Adds a minute's trades, the late one left out. */
  void trades(int slot, long startMillis, Slice minute, String conditions, Trades into) {
    forSeconds(slot, startMillis, minute, (key, start, second) -> {
      ticks.draw(key, second);
      for (int i = 0; i < ticks.count(); i++) {
        long nanos = start * 1_000_000 + ticks.offsetNanos(key, i);
        into.add(nanos, ticks.cents(i) / 100.0, ticks.shares(i), sequence(nanos));
        into.details(exchange(key, i), symbol.tape(), conditions);
      }
    });
  }

  /** Adds a minute's quote changes: one just before each trade. */
  void quotes(int slot, long startMillis, Slice minute, Quotes into) {
    forSeconds(slot, startMillis, minute, (key, start, second) -> {
      ticks.draw(key, second);
      for (int i = 0; i < ticks.count(); i++) {
        long nanos = start * 1_000_000 + Math.max(0, ticks.offsetNanos(key, i) - 4_000_000);
        long spread = 2 * symbol.halfSpreadCents() - Noise.below(key, 60L + i, 2);
        boolean buyer = Noise.unit(key, 70L + i) < 0.5;
        long ask = buyer ? ticks.cents(i) : ticks.cents(i) + Math.max(1, spread);
        long bid = buyer ? ticks.cents(i) - Math.max(1, spread) : ticks.cents(i);
        into.add(
            nanos,
            sequence(nanos),
            new Quotes.Side(
                Math.max(1, bid) / 100.0, 1 + Noise.below(key, 80L + i, 25), exchange(key, i)),
            new Quotes.Side(ask / 100.0, 1 + Noise.below(key, 90L + i, 25), exchange(key, i + 9)),
            symbol.tape());
      }
    });
  }

  private void forSeconds(int slot, long startMillis, Slice minute, SecondAction action) {
    long key = Noise.key(dayKey, 10_000L + slot);
    Slice[] seconds = new Slice[60];
    double chance = 1 - Math.exp(-minute.volume() / SHARES_PER_TRADE / 60);
    SliceDivider.divide(
        key, minute, 60, new EvenActivity(chance), (second, slice) -> seconds[second] = slice);
    chooseLate(key, startMillis, seconds);
    for (int i = 0; i < 60; i++) {
      if (seconds[i] != null) {
        action.run(Noise.key(key, 100L + i), startMillis + i * 1_000L, seconds[i]);
      }
    }
  }

  private void chooseLate(long key, long startMillis, Slice[] seconds) {
    late = null;
    if (Noise.unit(key, 50) >= LATE_SHARE) {
      return;
    }
    int first = Noise.below(key, 51, 60);
    for (int i = 0; i < 60; i++) {
      int at = (first + i) % 60;
      Slice whole = seconds[at];
      if (whole != null && whole.volume() >= LATE_MIN_VOLUME) {
        long shares = whole.volume() / 4;
        long inner = Math.max(whole.open(), whole.close());
        long price = whole.high() > inner ? whole.high() : whole.open();
        seconds[at] =
            new Slice(whole.open(), inner, whole.low(), whole.close(), whole.volume() - shares);
        long due = startMillis + 60_000 + 120_000 + (long) (Noise.unit(key, 52) * 720_000);
        long start = startMillis + at * 1_000L;
        late = new Late(due, new BarRow(start, 0, 0, 0, 0, 0, 0, 0), price / 100.0, shares);
        return;
      }
    }
  }

  private static long sequence(long nanos) {
    return Math.floorMod(nanos, 86_400_000_000_000L) / 10_000;
  }

  private static int exchange(long key, int i) {
    int[] ids = {4, 8, 10, 11, 12, 15, 19};
    return ids[Noise.below(key, 120L + i, ids.length)];
  }

  private interface SecondAction {
    void run(long key, long startMillis, Slice second);
  }

  private record EvenActivity(double even) implements Activity {
    @Override
    public double chance(int slot) {
      return even;
    }

    @Override
    public double weight(int slot) {
      return 1;
    }
  }

  /**
   * A trade reported late.
   *
   * @param dueMillis when it is reported
   * @param second the second with it
   * @param price its price
   * @param shares its shares
   */
  record Late(long dueMillis, BarRow second, double price, long shares) {
    Late addedTo(BarRow first) {
      BarRow trade = new BarRow(
          first.startMillis(), price, price, price, first.close(), (double) shares, price, 1);
      return new Late(dueMillis, first.followedBy(trade), price, shares);
    }
  }
}
