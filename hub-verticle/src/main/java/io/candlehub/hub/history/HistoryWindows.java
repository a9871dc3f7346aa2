package io.candlehub.hub.history;

import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;

/** How far back a chart reaches when its reader does not say (contract §3, defaults). */
public final class HistoryWindows {
  private static final long SECONDS_MILLIS = 30 * 60_000L;
  private static final int HOURS_DAYS = 30;
  private static final int DAYS_YEARS = 2;

  private HistoryWindows() {}

  /**
   * Returns the default start of a range that ends at an instant: half an hour for seconds, the last session for
   * minutes, 30 days for hours, two years for days and weeks.
   */
  public static long start(Timeframe timeframe, long toMillis, TradingCalendar calendar) {
    LocalDate date = calendar.todayAt(toMillis);
    return switch (timeframe) {
      case H1, H4 -> calendar.beginOf(date.minusDays(HOURS_DAYS));
      case D1, W1 -> calendar.startOf(date.minusYears(DAYS_YEARS));
      case S1, S5, S15 -> toMillis - SECONDS_MILLIS;
      default -> calendar.beginOf(calendar.previous(date).date());
    };
  }
}
