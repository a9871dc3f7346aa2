package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.ComputedInputs;
import io.candlehub.model.Expirations;
import io.candlehub.model.Greeks;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Quality;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes chains, legs and their quality as the JSON of contract §3 and §4. A value not known is left out, and
 * {@code reasons} says why.
 */
public final class ChainJson {
  private static final int BYTES_PER_LEG = 600;
  private static final int BYTES_PER_MESSAGE = 400;
  private static final int BYTES_PER_DATE = 13;
  private static final double DIGITS = 1e10;

  private ChainJson() {}

  /** Returns a chain's JSON. */
  public static Buffer chain(OptionChain chain) {
    return Json.buffer(expectedBytes(chain), out -> writeChain(out, chain));
  }

  private static int expectedBytes(OptionChain chain) {
    int strikes =
        chain.expirations().stream().mapToInt(each -> each.strikes().size()).sum();
    return BYTES_PER_MESSAGE + 2 * BYTES_PER_LEG * strikes;
  }

  private static void writeChain(JsonGenerator out, OptionChain chain) throws IOException {
    out.writeStartObject();
    out.writeStringField("underlying", chain.underlying());
    Json.number(out, "spot", chain.spot());
    out.writeArrayFieldStart("expirations");
    for (OptionChain.Expiration expiration : chain.expirations()) {
      out.writeStartObject();
      out.writeStringField("expiration", expiration.date().toString());
      out.writeStringField("root", expiration.root());
      out.writeArrayFieldStart("strikes");
      for (OptionChain.Strike strike : expiration.strikes()) {
        out.writeStartObject();
        Json.number(out, "strike", strike.price());
        for (OptionLeg leg : strike.legs()) {
          out.writeFieldName(leg.contract().right().wireName());
          writeLeg(out, leg);
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    writeQuality(out, chain.quality());
    out.writeEndObject();
  }

  /** Returns the JSON of an update of one expiration. */
  public static Buffer update(ChainUpdate update) {
    int expected = BYTES_PER_MESSAGE + BYTES_PER_LEG * update.legs().size();
    return Json.buffer(expected, out -> {
      out.writeStartObject();
      out.writeStringField("underlying", update.underlying());
      out.writeStringField("expiration", update.expiration().toString());
      out.writeArrayFieldStart("legs");
      for (OptionLeg leg : update.legs()) {
        writeLeg(out, leg);
      }
      out.writeEndArray();
      writeTexts(out, "window", update.window());
      out.writeNumberField("windowWanted", update.windowWanted());
      writeTexts(out, "removed", update.removed());
      if (!update.unlisted().isEmpty()) {
        writeTexts(out, "unlisted", update.unlisted());
      }
      Json.number(out, "spot", update.spot());
      for (Quality quality : update.quality()) {
        writeQuality(out, quality);
      }
      out.writeEndObject();
    });
  }

  /** Returns the JSON of an underlying's expirations. */
  public static Buffer expirations(Expirations expirations, Quality quality) {
    int expected = BYTES_PER_MESSAGE + BYTES_PER_DATE * expirations.dates().size();
    return Json.buffer(expected, out -> {
      out.writeStartObject();
      out.writeStringField("underlying", expirations.underlying());
      writeTexts(
          out,
          "expirations",
          expirations.dates().stream().map(LocalDate::toString).toList());
      writeQuality(out, quality);
      out.writeEndObject();
    });
  }

  /** Returns the JSON of one leg with its terms. */
  public static Buffer contract(OptionLeg leg, OptionTerms terms, String underlying) {
    return Json.buffer(2 * BYTES_PER_LEG, out -> {
      out.writeStartObject();
      writeLegFields(out, leg);
      out.writeObjectFieldStart("terms");
      out.writeStringField("underlying", underlying);
      out.writeStringField("type", terms.contract().right().wireName());
      Json.number(out, "strike", terms.contract().strike());
      out.writeStringField("expiration", terms.contract().expiration().toString());
      out.writeNumberField("tradedUntil", terms.tradedUntilMillis());
      out.writeNumberField("expiresAt", terms.expiryMillis());
      out.writeStringField("exerciseStyle", terms.style().wireName());
      out.writeStringField("settlement", terms.settledAtOpen() ? "am" : "pm");
      Json.number(out, "sharesPerContract", terms.sharesPerContract());
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  /** Writes one LEG object. */
  public static void writeLeg(JsonGenerator out, OptionLeg leg) throws IOException {
    out.writeStartObject();
    writeLegFields(out, leg);
    out.writeEndObject();
  }

  private static void writeLegFields(JsonGenerator out, OptionLeg leg) throws IOException {
    out.writeStringField("symbol", leg.contract().instrument().symbol());
    Json.number(out, "bid", leg.bid());
    Json.number(out, "ask", leg.ask());
    Json.number(out, "mid", rounded(leg.mid()));
    Json.number(out, "last", leg.last());
    Json.number(out, "bidSize", leg.bidSize());
    Json.number(out, "askSize", leg.askSize());
    Json.number(out, "volume", leg.volume());
    Json.number(out, "openInterest", leg.openInterest());
    Json.number(out, "iv", rounded(leg.volatility()));
    writeGreeks(out, leg.greeks());
    if (leg.greeksAtMillis() > 0) {
      out.writeNumberField("greeksAt", leg.greeksAtMillis());
    }
    out.writeBooleanField("live", leg.live());
    for (ComputedInputs inputs : leg.computed()) {
      writeComputed(out, inputs);
    }
    ReasonsJson.write(out, leg.reasons());
    writeQuality(out, leg.quality());
  }

  private static void writeGreeks(JsonGenerator out, Greeks greeks) throws IOException {
    out.writeObjectFieldStart("greeks");
    Json.number(out, "delta", rounded(greeks.delta()));
    Json.number(out, "gamma", rounded(greeks.gamma()));
    Json.number(out, "theta", rounded(greeks.theta()));
    Json.number(out, "vega", rounded(greeks.vega()));
    Json.number(out, "rho", rounded(greeks.rho()));
    out.writeEndObject();
  }

  private static void writeComputed(JsonGenerator out, ComputedInputs inputs) throws IOException {
    out.writeObjectFieldStart("computed");
    writeTexts(out, "fields", inputs.fields());
    out.writeStringField("exerciseStyle", inputs.style().wireName());
    Json.number(out, "price", rounded(inputs.price()));
    Json.number(out, "spot", inputs.spot());
    Json.number(out, "rate", inputs.rate());
    Json.number(out, "dividendYield", inputs.dividendYield());
    Json.number(out, "years", rounded(inputs.years()));
    out.writeNumberField("ageMs", inputs.ageMillis());
    out.writeEndObject();
  }

  /** Writes the quality field (contract §3). */
  public static void writeQuality(JsonGenerator out, Quality quality) throws IOException {
    out.writeObjectFieldStart("quality");
    out.writeStringField("source", quality.source());
    out.writeBooleanField("isStale", quality.stale());
    out.writeBooleanField("hasWarnings", !quality.warnings().isEmpty());
    writeTexts(out, "warnings", quality.warnings());
    out.writeNumberField("confidence", quality.confidence());
    out.writeStringField("quality", quality.grade().wireName());
    if (quality.updatedAtMillis() > 0) {
      out.writeNumberField("updatedAt", quality.updatedAtMillis());
    }
    if (!quality.fallbackReason().isEmpty()) {
      out.writeStringField("fallbackReason", quality.fallbackReason());
    }
    out.writeEndObject();
  }

  private static void writeTexts(JsonGenerator out, String name, List<String> texts)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  /** Drops digits that no computation holds, so that a message does not carry them. */
  private static double rounded(double value) {
    return Double.isNaN(value) ? value : Math.rint(value * DIGITS) / DIGITS;
  }
}
