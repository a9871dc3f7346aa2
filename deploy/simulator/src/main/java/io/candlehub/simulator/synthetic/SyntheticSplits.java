package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Split;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The splits of the invented market: one symbol in twenty splits 2 for 1 in June of odd years and back in June of even
 * ones, so prices stay where they belong. Pure, safe anywhere.
 */
final class SyntheticSplits {
  private static final int FIRST_YEAR = 2020;
  private static final int LAST_YEAR = 2040;

  private SyntheticSplits() {}

  private static boolean splits(Symbol symbol) {
    return symbol.listing().type().equals("CS")
        && Noise.below(Noise.key(5, symbol.listing().ticker()), 1, 20) == 0;
  }

  /** Returns a symbol's splits, ascending. */
  static List<Split> of(Symbol symbol, TradingCalendar calendar) {
    if (!splits(symbol)) {
      return List.of();
    }
    List<Split> all = new ArrayList<>();
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      boolean forward = year % 2 == 1;
      all.add(new Split(
          symbol.listing().ticker(),
          executionDate(year, calendar),
          forward ? 1 : 2,
          forward ? 2 : 1));
    }
    return List.copyOf(all);
  }

  private static LocalDate executionDate(int year, TradingCalendar calendar) {
    return calendar.next(LocalDate.of(year, 6, 9)).date();
  }

  /** Returns the unadjusted price of a day relative to the symbol's own level. */
  static double factor(Symbol symbol, LocalDate date, TradingCalendar calendar) {
    if (!splits(symbol)) {
      return 1;
    }
    boolean afterThisYears = !date.isBefore(executionDate(date.getYear(), calendar));
    boolean oddYear = date.getYear() % 2 == 1;
    return oddYear == afterThisYears ? 0.5 : 1;
  }
}
