package io.candlehub.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.Json;
import io.candlehub.bus.OriginJson;
import io.candlehub.hub.indicator.IndicatorPoint;
import io.candlehub.hub.indicator.IndicatorSpec;
import io.candlehub.model.Health;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.StreamKey;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;

/** Writes indicators as clients get them. A value that does not exist yet is left out. */
final class IndicatorJson {
  private static final int BYTES = 800;
  private static final int BYTES_PER_POINT = 120;

  private IndicatorJson() {}

  /**
   * Returns an indicator's JSON.
   *
   * @param checks one entry if a provider's own figures were asked for, else none
   * @param health of the bars it is made of
   * @param nowMillis market time
   */
  static Buffer body(
      StreamKey key,
      IndicatorSpec spec,
      List<IndicatorPoint> points,
      List<IndicatorCheck> checks,
      Health health,
      long nowMillis) {
    return Json.buffer(BYTES + BYTES_PER_POINT * points.size(), out -> {
      out.writeStartObject();
      out.writeStringField("symbol", key.instrument().symbol());
      out.writeStringField("barsOf", ChartedBars.of(key).instrument().symbol());
      out.writeStringField("name", spec.kind().wireName());
      out.writeStringField("timeframe", key.timeframe().wireName());
      out.writeStringField("sessionMode", key.sessionMode().wireName());
      out.writeArrayFieldStart("windows");
      for (int window : spec.windows()) {
        out.writeNumber(window);
      }
      out.writeEndArray();
      if (spec.kind() == IndicatorKind.BOLLINGER) {
        Json.number(out, "deviations", spec.deviations());
      }
      out.writeArrayFieldStart("values");
      for (IndicatorPoint point : points) {
        write(out, point);
      }
      out.writeEndArray();
      for (IndicatorCheck check : checks) {
        write(out, check);
      }
      ChartJson.writeHealth(out, health);
      out.writeNumberField("lastUpdatedAt", nowMillis - Math.max(0, health.lastUpdateMillisAgo()));
      out.writeEndObject();
    });
  }

  private static void write(JsonGenerator out, IndicatorCheck check) throws IOException {
    out.writeObjectFieldStart("check");
    out.writeStringField("result", check.result().wireName());
    if (!check.reason().isEmpty()) {
      out.writeStringField("reason", check.reason());
    }
    OriginJson.write(out, check.origin());
    out.writeNumberField("compared", check.compared());
    if (check.compared() > 0) {
      Json.number(out, "difference", check.difference());
      out.writeNumberField("t", check.newestMillis());
    }
    Json.number(out, "tolerance", IndicatorCheck.TOLERANCE);
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, IndicatorPoint point) throws IOException {
    out.writeStartObject();
    out.writeNumberField("t", point.startMillis());
    List<String> columns = point.kind().columns();
    for (int i = 0; i < columns.size(); i++) {
      Json.number(out, columns.get(i), point.values().get(i));
    }
    out.writeBooleanField("settled", point.settled());
    out.writeBooleanField("isFinal", point.isFinal());
    out.writeEndObject();
  }
}
