package io.candlehub.bus;

import io.candlehub.model.Alert;
import io.vertx.core.buffer.Buffer;

/** Writes alerts as they travel on the bus and to clients. */
public final class AlertJson {
  private static final int BYTES = 260;

  private AlertJson() {}

  /** Returns an alert's JSON. */
  public static Buffer body(Alert alert) {
    return Json.buffer(BYTES, out -> {
      out.writeStartObject();
      out.writeStringField("kind", alert.kind().wireName());
      out.writeStringField("subject", alert.subject());
      out.writeStringField("message", alert.message());
      out.writeNumberField("from", alert.fromMillis());
      out.writeNumberField("to", alert.toMillis());
      out.writeNumberField("t", alert.atMillis());
      out.writeEndObject();
    });
  }
}
