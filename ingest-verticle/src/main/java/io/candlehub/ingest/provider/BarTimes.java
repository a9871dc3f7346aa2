package io.candlehub.ingest.provider;

import io.candlehub.ingest.HistoryUnit;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.Violation;
import java.util.Optional;

/** The one rule for the starts of bars that an answer tells, whichever provider it is from. */
public final class BarTimes {
  private BarTimes() {}

  /**
   * Returns why a bar cannot start then, or empty if it can: starts ascend and lie on the unit's grid.
   *
   * @param startMillis start of the bar, epoch millis
   * @param lastMillis start of the one before, {@link Long#MIN_VALUE} if there is none
   */
  public static Optional<Violation> problem(HistoryUnit unit, long startMillis, long lastMillis) {
    if (startMillis == lastMillis) {
      return Optional.of(Violation.DUPLICATE);
    }
    if (startMillis < lastMillis) {
      return Optional.of(Violation.NOT_ASCENDING);
    }
    return isAligned(unit, startMillis) ? Optional.empty() : Optional.of(Violation.BAD_TIME);
  }

  private static boolean isAligned(HistoryUnit unit, long startMillis) {
    if (unit == HistoryUnit.DAY) {
      TradingCalendar calendar = TradingCalendar.nyse();
      return calendar.startOf(calendar.dateOf(startMillis)) == startMillis;
    }
    return startMillis % unit.millis() == 0;
  }
}
