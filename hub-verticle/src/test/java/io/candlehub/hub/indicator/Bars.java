package io.candlehub.hub.indicator;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.TradingCalendar;
import java.util.ArrayList;
import java.util.List;

/** Makes bars and reads points for the tests of this package. */
final class Bars {
  static final long MINUTE = 60_000;

  /** 09:30 New York of an ordinary day. */
  static final long OPEN = 1_381_152_600_000L;

  private Bars() {}

  static Bar bar(long start, double close) {
    return bar(start, close, 1, Double.NaN, BarState.FINAL);
  }

  static Bar bar(long start, double close, double volume, double vwap, BarState state) {
    return new Bar(
        start,
        close,
        close + 1,
        close - 0.5,
        close,
        volume,
        vwap,
        1,
        state,
        0,
        BarSource.LIVE,
        Double.NaN);
  }

  /** Returns one bar a minute. */
  static List<Bar> closes(double... closes) {
    List<Bar> bars = new ArrayList<>();
    for (double close : closes) {
      bars.add(bar(OPEN + bars.size() * MINUTE, close));
    }
    return bars;
  }

  static IndicatorSeries series(IndicatorSpec spec) {
    return new IndicatorSeries(spec, TradingCalendar.nyse(), 5_000);
  }

  static IndicatorSeries series(IndicatorSpec spec, List<Bar> bars) {
    IndicatorSeries series = series(spec);
    series.put(bars);
    return series;
  }

  static List<IndicatorPoint> all(IndicatorSeries series) {
    return series.points(Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  static List<Double> values(IndicatorSeries series, String column) {
    return all(series).stream()
        .map(point -> point.value(column))
        .filter(value -> value.isPresent())
        .map(value -> value.getAsDouble())
        .toList();
  }
}
