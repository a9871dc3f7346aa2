package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.Origin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Writes and reads who told a datum: {@code source} and {@code fallbackReason}, as far as they are known. */
public final class OriginJson {
  private static final String SOURCE = "source";
  private static final String REASON = "fallbackReason";

  private OriginJson() {}

  /** Writes the fields into the object a generator is in. */
  public static void write(JsonGenerator out, Origin origin) throws IOException {
    if (origin.isKnown()) {
      out.writeStringField(SOURCE, origin.source());
    }
    if (!origin.fallbackReason().isEmpty()) {
      out.writeStringField(REASON, origin.fallbackReason());
    }
  }

  /** Puts the fields into an object, and returns it. */
  public static JsonObject put(JsonObject json, Origin origin) {
    if (origin.isKnown()) {
      json.put(SOURCE, origin.source());
    }
    return origin.fallbackReason().isEmpty() ? json : json.put(REASON, origin.fallbackReason());
  }

  /** Reads the fields of an object. */
  public static Origin read(JsonObject json) {
    return new Origin(text(json, SOURCE), text(json, REASON));
  }

  private static String text(JsonObject json, String field) {
    return json.getValue(field) instanceof String value ? value : "";
  }
}
