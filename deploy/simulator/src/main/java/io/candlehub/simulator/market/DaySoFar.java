package io.candlehub.simulator.market;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.util.Optional;

/**
 * A symbol's day as known at an instant: the one in progress, or the last one with bars.
 *
 * @param day the trading day
 * @param whole the day as one bar
 * @param minute the last minute
 * @param previousClose close of the day before, NaN if unknown
 * @param updatedMillis when the last price was made, at the latest
 */
public record DaySoFar(
    TradingDay day, BarRow whole, BarRow minute, double previousClose, long updatedMillis) {
  private static final int LOOK_BACK = 3;

  /** Finds a symbol's day; empty if it had no bar for days. May block. */
  public static Optional<DaySoFar> of(MarketView view, String ticker, long nowMillis) {
    TradingCalendar calendar = view.calendar();
    TradingDay day = calendar.atOrBefore(calendar.dateOf(nowMillis));
    for (int back = 0; back < LOOK_BACK; back++) {
      MarketView.Range range = new MarketView.Range(day.preOpenMillis(), day.postCloseMillis());
      Bars minutes = view.minutes(ticker, day, range, nowMillis);
      TradingDay before = calendar.previous(day.date());
      if (minutes.size() > 0) {
        Bars previous = view.days(ticker, before.date().minusDays(6), before.date(), nowMillis);
        BarRow last = minutes.row(minutes.size() - 1);
        BarRow all = minutes.fold(0, minutes.size(), 0);
        return Optional.of(new DaySoFar(
            day,
            DayRollUp.of(minutes, day, 0).orElse(all),
            last,
            previous.size() > 0 ? previous.close(previous.size() - 1) : Double.NaN,
            Math.min(nowMillis, last.startMillis() + 59_999)));
      }
      day = before;
    }
    return Optional.empty();
  }

  /** Returns the last price. */
  public double last() {
    return minute.close();
  }
}
