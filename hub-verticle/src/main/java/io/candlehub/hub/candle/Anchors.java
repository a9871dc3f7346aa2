package io.candlehub.hub.candle;

import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingDay;
import java.util.OptionalLong;

/**
 * Where intraday bars begin and end (contract §6): extended bars follow the New York clock, regular ones begin at the
 * session's open and the last ends with the session.
 */
public final class Anchors {
  private static final long HOUR = 3_600_000;
  private static final int PRE_OPEN_HOUR = 4;

  private Anchors() {}

  /** Returns the start of the bar that holds a minute of a trading day, or empty if the mode does not show the minute. */
  public static OptionalLong startOf(
      Timeframe timeframe, SessionMode mode, TradingDay day, long minuteMillis) {
    long anchor;
    if (mode == SessionMode.REGULAR) {
      if (minuteMillis < day.openMillis() || minuteMillis >= day.closeMillis()) {
        return OptionalLong.empty();
      }
      anchor = day.openMillis();
    } else {
      // Sessions begin after the night's clock change, so that the hours of the session count back
      // to the midnight
      // that the clock would have had without it, which is what the clock's multiples are taken
      // from.
      anchor = day.preOpenMillis() - PRE_OPEN_HOUR * HOUR;
    }
    long length = timeframe.millis();
    return OptionalLong.of(anchor + Math.floorDiv(minuteMillis - anchor, length) * length);
  }

  /** Returns the end of the bar that begins at an instant of a trading day. */
  public static long endOf(
      Timeframe timeframe, SessionMode mode, TradingDay day, long startMillis) {
    long end = startMillis + timeframe.millis();
    return mode == SessionMode.REGULAR ? Math.min(end, day.closeMillis()) : end;
  }
}
