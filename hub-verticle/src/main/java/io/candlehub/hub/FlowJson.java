package io.candlehub.hub;

import io.candlehub.bus.Json;
import io.candlehub.bus.OriginJson;
import io.candlehub.hub.tape.FlowAlert;
import io.vertx.core.buffer.Buffer;

/** Writes unusual trades as they are published ({@code md.flow}, contract §5). Values not known are left out. */
final class FlowJson {
  private static final int BYTES = 500;

  private FlowJson() {}

  /** Returns one event's JSON. */
  static Buffer body(FlowAlert alert) {
    return Json.buffer(BYTES, out -> {
      out.writeStartObject();
      out.writeStringField("id", alert.id());
      out.writeNumberField("revision", alert.revision());
      out.writeStringField("kind", alert.kind().wireName());
      out.writeStringField("contract", alert.contract().symbol());
      out.writeStringField("side", alert.confidence() > 0 ? alert.side().wireName() : "unknown");
      out.writeNumberField("confidence", alert.confidence());
      out.writeNumberField("from", alert.fromMillis());
      out.writeNumberField("to", alert.toMillis());
      out.writeNumberField("prints", alert.prints());
      out.writeNumberField("sweepPrints", alert.sweepPrints());
      out.writeArrayFieldStart("exchanges");
      for (int exchange : alert.exchanges()) {
        out.writeNumber(exchange);
      }
      out.writeEndArray();
      Json.number(out, "size", alert.size());
      Json.number(out, "price", alert.price());
      Json.number(out, "premium", alert.premium());
      Json.number(out, "bid", alert.quote().bid());
      Json.number(out, "ask", alert.quote().ask());
      Json.number(out, "volume", alert.volume());
      Json.number(out, "openInterest", alert.openInterest());
      OriginJson.write(out, alert.origin());
      out.writeEndObject();
    });
  }
}
