package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.TapeTrade;
import io.candlehub.model.TradesUpdate;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Writes trades as they travel on the bus: as clients get them (contract §4, {@code live:trades}), with the position.
 */
public final class TradesJson {
  private static final int BYTES = 100;
  private static final int BYTES_PER_TRADE = 130;

  private TradesJson() {}

  /** Returns the JSON of trades. */
  public static Buffer body(TradesUpdate update) {
    return Json.buffer(BYTES + BYTES_PER_TRADE * update.trades().size(), out -> {
      out.writeStartObject();
      out.writeStringField("symbol", update.instrument().symbol());
      out.writeArrayFieldStart("trades");
      for (TapeTrade trade : update.trades()) {
        write(out, trade);
      }
      out.writeEndArray();
      if (update.conflated() > 0) {
        out.writeNumberField("conflated", update.conflated());
      }
      out.writeNumberField("position", update.position());
      out.writeEndObject();
    });
  }

  private static void write(JsonGenerator out, TapeTrade trade) throws IOException {
    out.writeStartObject();
    out.writeNumberField("t", trade.atMillis());
    Json.number(out, "p", trade.price());
    Json.number(out, "s", trade.size());
    out.writeNumberField("x", trade.exchange());
    out.writeArrayFieldStart("c");
    for (int condition : trade.conditions()) {
      out.writeNumber(condition);
    }
    out.writeEndArray();
    out.writeStringField("side", trade.side());
    out.writeNumberField("confidence", trade.confidence());
    if (trade.sequence() != 0) {
      out.writeNumberField("q", trade.sequence());
    }
    OriginJson.write(out, trade.origin());
    out.writeEndObject();
  }
}
