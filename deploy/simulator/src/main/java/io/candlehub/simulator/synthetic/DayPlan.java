package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Halt;
import java.util.List;

/**
 * What one day of a symbol must come to: the bars of its three sessions and its halts. Pure, cheap to draw.
 *
 * @param pre the session before the open; volume 0 if nothing trades
 * @param regular the regular session
 * @param post the session after the close; volume 0 if nothing trades
 * @param halts times without trading
 */
record DayPlan(Slice pre, Slice regular, Slice post, List<Halt> halts) {
  private static final double[] PERIOD_DAYS = {2, 5, 13, 34, 89, 365};
  private static final double[] AMPLITUDE = {0.006, 0.010, 0.016, 0.026, 0.045, 0.090};
  private static final long QUIET_SESSION = 40;

  /** Draws a symbol's day. */
  static DayPlan draw(long seed, Symbol symbol, TradingDay day, TradingCalendar calendar) {
    long symbolKey = Noise.key(Noise.key(seed, 1), symbol.listing().ticker());
    long dayKey = Noise.key(symbolKey, day.date().toEpochDay());
    TradingDay before = calendar.previous(day.date());
    double factor = SyntheticSplits.factor(symbol, day.date(), calendar);
    double last = level(symbolKey, symbol, before) * factor;
    double lastPost = last * (1 + 0.002 * symbol.wildness() * Noise.signed(dayKey, 1));
    double open = lastPost * (1 + 0.004 * symbol.wildness() * Noise.signed(dayKey, 2));
    double close = level(symbolKey, symbol, day) * factor;
    double end = close * (1 + 0.003 * symbol.wildness() * Noise.signed(dayKey, 3));
    double volume = volume(symbol, dayKey, day) / factor;
    double pre = volume * (0.015 + 0.02 * Noise.unit(dayKey, 4));
    double post = volume * (0.02 + 0.02 * Noise.unit(dayKey, 5));
    double reach = 0.007 * symbol.wildness();
    return new DayPlan(
        slice(Noise.key(dayKey, 10), lastPost, open, reach * 0.3, pre),
        slice(
            Noise.key(dayKey, 11),
            open,
            close,
            reach,
            Math.max(QUIET_SESSION * 4, volume - pre - post)),
        slice(Noise.key(dayKey, 12), close, end, reach * 0.25, post),
        halts(symbol, dayKey, day));
  }

  private static double level(long symbolKey, Symbol symbol, TradingDay day) {
    double log = 0;
    for (int i = 0; i < PERIOD_DAYS.length; i++) {
      double at = day.date().toEpochDay() / PERIOD_DAYS[i];
      log += AMPLITUDE[i] * Noise.curve(Noise.key(symbolKey, 100L + i), at);
    }
    return symbol.priceCents() * Math.exp(symbol.wildness() * log);
  }

  private static double volume(Symbol symbol, long dayKey, TradingDay day) {
    double u = Noise.unit(dayKey, 6);
    return symbol.dailyVolume() * (0.6 + 0.5 * u + 0.7 * u * u * u) * (day.earlyClose() ? 0.5 : 1);
  }

  private static Slice slice(long key, double from, double to, double reach, double volume) {
    long open = Math.max(5, Math.round(from));
    long close = Math.max(5, Math.round(to));
    double up = 0.35 + 0.65 * Noise.unit(key, 1);
    double down = 0.35 + 0.65 * Noise.unit(key, 2);
    long high = Math.round(Math.max(open, close) * (1 + reach * up));
    long low = Math.round(Math.min(open, close) * (1 - reach * down));
    long shares = volume < QUIET_SESSION ? 0 : Math.round(volume);
    return new Slice(open, high, Math.max(1, low), close, shares);
  }

  private static List<Halt> halts(Symbol symbol, long dayKey, TradingDay day) {
    boolean wild = symbol.wildness() > 1.0 && Noise.unit(dayKey, 7) < 0.02;
    if (!wild) {
      return List.of();
    }
    long minutes = (day.closeMillis() - day.openMillis()) / 60_000 - 60;
    long start = day.openMillis() + (15 + (long) (Noise.unit(dayKey, 8) * minutes)) * 60_000;
    long length = Noise.unit(dayKey, 9) < 0.7 ? 5 : 10;
    return List.of(new Halt(start, start + length * 60_000));
  }

  /** Returns the day bar: prices of the regular session, volume of all three. */
  BarRow bar(long startMillis) {
    double typical = (regular.open() + regular.high() + regular.low() + regular.close()) / 400.0;
    return new BarRow(
        startMillis,
        regular.open() / 100.0,
        regular.high() / 100.0,
        regular.low() / 100.0,
        regular.close() / 100.0,
        (double) pre.volume() + regular.volume() + post.volume(),
        Math.round(typical * 10_000) / 10_000.0,
        0);
  }
}
