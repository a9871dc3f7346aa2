package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.MissingReason;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads {@code reasons}: why values are missing, by their fields' names. Without any there is no such field. */
public final class ReasonsJson {
  private static final String REASONS = "reasons";

  private ReasonsJson() {}

  /** Writes the field into the object a generator is in, by name. */
  public static void write(JsonGenerator out, Map<String, MissingReason> reasons)
      throws IOException {
    if (reasons.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart(REASONS);
    for (Map.Entry<String, MissingReason> each : new TreeMap<>(reasons).entrySet()) {
      out.writeStringField(each.getKey(), each.getValue().wireName());
    }
    out.writeEndObject();
  }

  /** Reads the field of an object; a reason that nobody knows is left out. */
  public static Map<String, MissingReason> read(JsonObject json) {
    Map<String, MissingReason> reasons = new TreeMap<>();
    if (json.getValue(REASONS) instanceof JsonObject told) {
      for (String field : told.fieldNames()) {
        if (told.getValue(field) instanceof String name) {
          MissingReason.parse(name).ifPresent(reason -> reasons.put(field, reason));
        }
      }
    }
    return reasons;
  }
}
