package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Violation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the answer of an indicator endpoint, whose values lie one level deeper than other results (OpenAPI document,
 * {@code /v1/indicators}). A value that is not as documented is dropped and counted. Confined to one event loop.
 */
final class IndicatorReader extends SmallAnswer {
  private static final int MAX_BYTES = 256 << 10;

  private final IndicatorKind kind;
  private final FeedMeters meters;

  IndicatorReader(IndicatorKind kind, FeedMeters meters) {
    super(MAX_BYTES);
    this.kind = kind;
    this.meters = meters;
  }

  /** Returns the points, oldest first; the answer has the newest first. */
  List<IndicatorValues.Point> oldestFirst() {
    TreeMap<Long, IndicatorValues.Point> points = new TreeMap<>();
    if (body().getValue("results") instanceof JsonObject results
        && results.getValue("values") instanceof JsonArray rows) {
      for (Object row : rows) {
        point(row)
            .ifPresentOrElse(
                point -> points.put(point.startMillis(), point),
                () -> meters.violation(Violation.MISSING_FIELD));
      }
    }
    return List.copyOf(points.values());
  }

  private Optional<IndicatorValues.Point> point(Object row) {
    if (!(row instanceof JsonObject json) || !(json.getValue("timestamp") instanceof Number at)) {
      return Optional.empty();
    }
    List<Double> values = new ArrayList<>();
    for (String column : kind.columns()) {
      if (!(json.getValue(column) instanceof Number value)
          || !Double.isFinite(value.doubleValue())) {
        return Optional.empty();
      }
      values.add(value.doubleValue());
    }
    return Optional.of(new IndicatorValues.Point(at.longValue(), values));
  }
}
