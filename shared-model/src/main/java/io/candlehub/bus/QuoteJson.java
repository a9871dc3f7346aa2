package io.candlehub.bus;

import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Writes and reads quotes as they travel on the bus and to clients. Values not known are left out. */
public final class QuoteJson {
  private static final int BYTES = 260;

  private QuoteJson() {}

  /** Returns a quote's JSON. */
  public static Buffer body(Quote quote) {
    return Json.buffer(BYTES, out -> {
      out.writeStartObject();
      out.writeStringField("symbol", quote.instrument().symbol());
      Json.number(out, "bid", quote.bid());
      Json.number(out, "ask", quote.ask());
      Json.number(out, "mid", rounded(quote.mid()));
      Json.number(out, "spread", rounded(quote.spread()));
      Json.number(out, "last", quote.last());
      Json.number(out, "bidSize", quote.bidSize());
      Json.number(out, "askSize", quote.askSize());
      Json.number(out, "volume", quote.volume());
      Json.number(out, "prevClose", quote.previousClose());
      out.writeNumberField("t", quote.atMillis());
      out.writeEndObject();
    });
  }

  /** Reads a quote as {@link #body} writes it; empty if the object is none. */
  public static Optional<Quote> read(JsonObject json) {
    Optional<Instrument> instrument = json.getValue("symbol") instanceof String symbol
        ? Instrument.parse(symbol)
        : Optional.empty();
    if (!(json.getValue("t") instanceof Number at)) {
      return Optional.empty();
    }
    return instrument.map(known -> new Quote(
        known,
        number(json, "bid"),
        number(json, "ask"),
        number(json, "bidSize"),
        number(json, "askSize"),
        number(json, "last"),
        number(json, "volume"),
        number(json, "prevClose"),
        at.longValue()));
  }

  private static double number(JsonObject json, String field) {
    return json.getValue(field) instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  /** Drops the binary noise of a sum or difference of decimal prices, which have at most 8 decimals. */
  private static double rounded(double value) {
    return Double.isNaN(value) || Math.abs(value) > 1e9 ? value : Math.rint(value * 1e8) / 1e8;
  }
}
