package io.candlehub.bus;

import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes and reads a provider's values of an indicator as they travel from ingest to the hub. */
public final class IndicatorValuesJson {
  private IndicatorValuesJson() {}

  /** Returns the JSON. */
  public static JsonObject body(IndicatorValues told) {
    JsonArray points = new JsonArray();
    for (IndicatorValues.Point point : told.points()) {
      points.add(new JsonObject()
          .put("t", point.startMillis())
          .put("values", new JsonArray(point.values())));
    }
    JsonObject json =
        new JsonObject().put("symbol", told.instrument().symbol()).put("points", points);
    return OriginJson.put(json, told.origin());
  }

  /**
   * Reads values as {@link #body} writes them.
   *
   * @throws ClassCastException or NullPointerException if the object is none
   */
  public static IndicatorValues read(JsonObject json) {
    return new IndicatorValues(
        Instrument.of(json.getString("symbol")),
        json.getJsonArray("points").stream()
            .map(point -> point((JsonObject) point))
            .toList(),
        OriginJson.read(json));
  }

  private static IndicatorValues.Point point(JsonObject json) {
    List<Double> values = json.getJsonArray("values").stream()
        .map(value -> ((Number) value).doubleValue())
        .toList();
    return new IndicatorValues.Point(json.getLong("t"), values);
  }
}
