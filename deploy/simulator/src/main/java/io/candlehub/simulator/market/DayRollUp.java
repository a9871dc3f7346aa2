package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.Optional;

/** The day bar made of a day's minutes: prices of the regular session, volume of all sessions. */
public final class DayRollUp {
  private DayRollUp() {}

  /**
   * Rolls minutes up to their day.
   *
   * @param minutes the day's minutes
   * @param day the trading day
   * @param startMillis start of the bar, midnight in New York
   * @return the day, or empty before the first trade of the regular session
   */
  public static Optional<BarRow> of(Bars minutes, TradingDay day, long startMillis) {
    int from = minutes.firstAtOrAfter(day.openMillis());
    int to = minutes.firstAtOrAfter(day.closeMillis());
    if (from == to) {
      return Optional.empty();
    }
    BarRow regular = minutes.fold(from, to, startMillis);
    BarRow all = minutes.fold(0, minutes.size(), startMillis);
    return Optional.of(new BarRow(
        startMillis,
        regular.open(),
        regular.high(),
        regular.low(),
        regular.close(),
        all.volume(),
        all.vwap(),
        all.count()));
  }
}
