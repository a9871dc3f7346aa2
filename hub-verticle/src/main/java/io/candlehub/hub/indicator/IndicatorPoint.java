package io.candlehub.hub.indicator;

import io.candlehub.model.IndicatorKind;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * An indicator's values at one bar.
 *
 * @param startMillis start of the bar, epoch millis
 * @param kind which indicator, whose columns name the values
 * @param values one value for each column, NaN where there is none yet; the first is never NaN
 * @param settled false while what the average began with still makes up 0.1 % or more of it, so that a longer history
 *     could show another value
 * @param isFinal true if the bar it ends with is final
 */
public record IndicatorPoint(
    long startMillis, IndicatorKind kind, List<Double> values, boolean settled, boolean isFinal) {
  /** Checks that there is a value. */
  public IndicatorPoint {
    Objects.requireNonNull(kind, "kind");
    values = List.copyOf(values);
    if (values.size() != kind.columns().size() || values.get(0).isNaN()) {
      throw new IllegalArgumentException("point at " + startMillis + " lacks its value");
    }
  }

  /** Returns the first value. */
  public double value() {
    return values.get(0);
  }

  /** Returns the value of a column, or empty if it has none yet. */
  public OptionalDouble value(String column) {
    double value = values.get(kind.columns().indexOf(column));
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
