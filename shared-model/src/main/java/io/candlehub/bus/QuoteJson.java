package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.Quality;
import io.candlehub.model.Quote;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes and reads quotes as they travel on the bus and to clients. Values not known are left out, and {@code reasons}
 * says why.
 */
public final class QuoteJson {
  private static final int BYTES = 300;
  private static final int BYTES_OF_QUALITY = 200;

  private QuoteJson() {}

  /** Returns a quote's JSON as its stream carries it. */
  public static Buffer body(Quote quote) {
    return Json.buffer(BYTES, out -> {
      out.writeStartObject();
      writeFields(out, quote);
      OriginJson.write(out, quote.origin());
      out.writeEndObject();
    });
  }

  /** Returns a quote's JSON as hubs and stores keep it: also with when its last price is from, if that is not {@code t}. */
  public static Buffer kept(Quote quote) {
    return Json.buffer(BYTES, out -> {
      out.writeStartObject();
      writeFields(out, quote);
      if (quote.lastAtMillis() != quote.atMillis()) {
        out.writeNumberField("lastAt", quote.lastAtMillis());
      }
      OriginJson.write(out, quote.origin());
      out.writeEndObject();
    });
  }

  /** Returns the JSON of a quote that was asked for, with how good it is; {@link #read} reads it too. */
  public static Buffer judged(Quote quote, Quality quality) {
    return Json.buffer(BYTES + BYTES_OF_QUALITY, out -> {
      out.writeStartObject();
      out.writeStringField("contract", quote.instrument().symbol());
      writeFields(out, quote);
      ChainJson.writeQuality(out, quality);
      out.writeEndObject();
    });
  }

  private static void writeFields(JsonGenerator out, Quote quote) throws IOException {
    out.writeStringField("symbol", quote.instrument().symbol());
    Json.number(out, "bid", quote.bid());
    Json.number(out, "ask", quote.ask());
    Json.number(out, "mid", rounded(quote.mid()));
    Json.number(out, "spread", rounded(quote.spread()));
    Json.number(out, "last", quote.last());
    Json.number(out, "bidSize", quote.bidSize());
    Json.number(out, "askSize", quote.askSize());
    Json.number(out, "volume", quote.volume());
    Json.number(out, "openInterest", quote.openInterest());
    Json.number(out, "prevClose", quote.previousClose());
    out.writeNumberField("t", quote.atMillis());
    if (quote.sidesAtMillis() != quote.atMillis()) {
      out.writeNumberField("quotedAt", quote.sidesAtMillis());
    }
    ReasonsJson.write(out, quote.reasons());
  }

  /** Reads a quote as {@link #body} or {@link #kept} writes it; empty if the object is none. */
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
        number(json, "openInterest"),
        number(json, "prevClose"),
        at.longValue(),
        millis(json, "quotedAt", at),
        millis(json, "lastAt", at),
        origin(json),
        ReasonsJson.read(json)));
  }

  /** A quote that was asked for says in its quality who told it. */
  private static Origin origin(JsonObject json) {
    return OriginJson.read(json.getValue("quality") instanceof JsonObject quality ? quality : json);
  }

  private static long millis(JsonObject json, String field, Number otherwise) {
    return json.getValue(field) instanceof Number value ? value.longValue() : otherwise.longValue();
  }

  private static double number(JsonObject json, String field) {
    return json.getValue(field) instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  /** Drops the binary noise of a sum or difference of decimal prices, which have at most 8 decimals. */
  private static double rounded(double value) {
    return Double.isNaN(value) || Math.abs(value) > 1e9 ? value : Math.rint(value * 1e8) / 1e8;
  }
}
