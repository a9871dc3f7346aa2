package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;
import java.util.function.LongPredicate;

/** A day that differs from another one in what a subclass says. */
abstract class ChangedDay implements SymbolDay {
  static final long MINUTE = 60_000;

  private final SymbolDay whole;

  ChangedDay(SymbolDay whole) {
    this.whole = whole;
  }

  /** Returns the day as it was. */
  final SymbolDay whole() {
    return whole;
  }

  /** Returns the minutes: those of some starts made of the seconds as they are now, the others as they were. */
  final Bars minutes(LongPredicate isChanged) {
    Bars all = whole.minutes();
    Bars minutes = new Bars(all.size());
    for (int i = 0; i < all.size(); i++) {
      long start = all.startMillis(i);
      if (isChanged.test(start)) {
        Bars changed = seconds(start, start + MINUTE).minutes();
        minutes.addAll(changed, 0, changed.size());
      } else {
        minutes.add(all.row(i));
      }
    }
    return minutes;
  }

  @Override
  public final String ticker() {
    return whole.ticker();
  }

  @Override
  public final TradingDay day() {
    return whole.day();
  }

  @Override
  public List<Halt> halts() {
    return whole.halts();
  }
}
