package io.candlehub.gateway;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.util.List;

/** Values for tests: invented bars of an invented market. */
public final class Charts {
  /** The start of the first bar. */
  public static final long START = 1_700_000_040_000L;

  /** A stream of minutes. */
  public static final StreamKey SPY = key("SPY", Timeframe.M1);

  private Charts() {}

  /** Returns a stream with extended sessions. */
  public static StreamKey key(String symbol, Timeframe timeframe) {
    return new StreamKey(Instrument.of(symbol), timeframe, SessionMode.EXTENDED);
  }

  /** Returns the start of a minute. */
  public static long minute(int index) {
    return START + index * 60_000L;
  }

  /** Returns a bar of a minute. */
  public static Bar bar(int index, double close) {
    return new Bar(
        minute(index),
        close - 1,
        close + 1,
        close - 2,
        close,
        100,
        Double.NaN,
        7,
        BarState.LIVE,
        0,
        BarSource.LIVE,
        Double.NaN);
  }

  /** Returns the health of a stream that is well. */
  public static Health health() {
    return new Health(
        HealthMode.LIVE, HealthSource.WS, "fake", 10, 0, false, 0, 0, List.of(), "open", "");
  }

  /** Returns the session of an open market. */
  public static SessionInfo session() {
    return new SessionInfo(false, false, false, "1m", "");
  }
}
