package io.candlehub.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Values of an indicator as a provider computes them.
 *
 * @param instrument of whose bars
 * @param points one for each bar, oldest first; none if the provider knows none
 * @param origin who told it
 */
public record IndicatorValues(Instrument instrument, List<Point> points, Origin origin) {
  /** The bars of which providers compute values, and for which their bars are ours. */
  public static final Set<Timeframe> TIMEFRAMES = Set.of(Timeframe.M1, Timeframe.H1, Timeframe.D1);

  /**
   * The values at one bar.
   *
   * @param startMillis start of the bar, epoch millis
   * @param values in the order of the indicator's columns: of MACD the value, its signal and their difference
   */
  public record Point(long startMillis, List<Double> values) {
    /** Copies the list. */
    public Point {
      values = List.copyOf(values);
    }
  }

  /** Checks presence and copies the list. */
  public IndicatorValues {
    Objects.requireNonNull(instrument, "instrument");
    points = List.copyOf(points);
    Objects.requireNonNull(origin, "origin");
  }

  /** Returns the same, told because the first provider did not tell it. */
  public IndicatorValues fallback(String reason) {
    return new IndicatorValues(instrument, points, new Origin(origin.source(), reason));
  }
}
