package io.candlehub.hub.candle;

import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingDay;
import java.util.OptionalLong;

/**
 * Where intraday bars begin and end (contract §6): extended bars follow the New York clock, regular ones begin at the
 * session's open and the last ends with the session. A bar never begins before its day's first session: that of the
 * evening on which a future's day begins is cut to it.
 */
public final class Anchors {
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
      anchor = day.anchorMillis();
    }
    long length = timeframe.millis();
    long start = anchor + Math.floorDiv(minuteMillis - anchor, length) * length;
    boolean inSessions = minuteMillis >= day.preOpenMillis();
    return OptionalLong.of(inSessions ? Math.max(start, day.preOpenMillis()) : start);
  }

  /** Returns the end of the bar that begins at an instant of a trading day. */
  public static long endOf(
      Timeframe timeframe, SessionMode mode, TradingDay day, long startMillis) {
    if (mode == SessionMode.REGULAR) {
      return Math.min(startMillis + timeframe.millis(), day.closeMillis());
    }
    long anchor = day.anchorMillis();
    long length = timeframe.millis();
    return anchor + (Math.floorDiv(startMillis - anchor, length) + 1) * length;
  }
}
