package io.candlehub.hub.indicator;

import java.time.LocalDate;

/** Says to which trade date an instant belongs, for example {@code TradingCalendar::dateOf}. */
@FunctionalInterface
interface SessionDays {
  /** Returns the trade date of an instant in epoch millis. */
  LocalDate dateOf(long epochMillis);
}
