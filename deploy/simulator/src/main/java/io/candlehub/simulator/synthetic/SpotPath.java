package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.SymbolDay;

/** The price of a symbol at every second of a day's regular session and the half hours around it. Immutable. */
final class SpotPath {
  private static final long AROUND = 30 * 60_000;
  private static final long SECOND = 1_000;

  private final long startMillis;
  private final double[] prices;

  /**
   * Follows a day.
   *
   * @param day what the symbol does
   * @param before its price before the day
   */
  SpotPath(SymbolDay day, double before) {
    TradingDay session = day.day();
    startMillis = session.openMillis() - AROUND;
    prices = new double[(int) ((session.closeMillis() + AROUND - startMillis) / SECOND)];
    Bars seconds = day.seconds(startMillis, session.closeMillis() + AROUND);
    double price = before;
    int next = 0;
    for (int i = 0; i < prices.length; i++) {
      if (next < seconds.size() && seconds.startMillis(next) == startMillis + i * SECOND) {
        price = seconds.close(next++);
      }
      prices[i] = price;
    }
  }

  /** Returns the price after the last second that has ended at an instant. */
  double at(long millis) {
    long ended = Math.floorDiv(millis - startMillis, SECOND) - 1;
    return prices[(int) Math.max(0, Math.min(prices.length - 1L, ended))];
  }
}
