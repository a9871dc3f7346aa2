package io.candlehub.simulator.synthetic;

import io.candlehub.simulator.option.Contract;
import java.util.Set;

/**
 * The smallest price steps of a contract: a cent for the three funds of the penny programme's first class; else five
 * cents, one below three dollars; for index options ten and five.
 */
enum OptionTicks {
  /** A cent everywhere. */
  PENNY(1, 1),
  /** A cent below three dollars, five from there. */
  NICKEL(1, 5),
  /** Five cents below three dollars, ten from there. */
  DIME(5, 10);

  private static final Set<String> PENNY_ROOTS = Set.of("SPY", "QQQ", "IWM");
  private static final double THREE_DOLLARS = 300;

  private final long low;
  private final long high;

  OptionTicks(long low, long high) {
    this.low = low;
    this.high = high;
  }

  static OptionTicks of(Contract contract) {
    if (!contract.american()) {
      return DIME;
    }
    return PENNY_ROOTS.contains(contract.root()) ? PENNY : NICKEL;
  }

  /** Returns the step in cents at a price in cents. */
  long cents(double price) {
    return price < THREE_DOLLARS ? low : high;
  }
}
