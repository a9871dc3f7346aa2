package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;

/** A day that differs from another one in what a subclass says. */
abstract class ChangedDay implements SymbolDay {
  private final SymbolDay whole;

  ChangedDay(SymbolDay whole) {
    this.whole = whole;
  }

  /** Returns the day as it was. */
  final SymbolDay whole() {
    return whole;
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
