package io.candlehub.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.bus.ChainJson;
import io.candlehub.bus.Json;
import io.candlehub.bus.ReasonsJson;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Quality;
import io.candlehub.model.Quote;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes the top of a book. A side without any level is empty, and {@code reasons} says why. */
final class BookJson {
  private static final int BYTES = 400;

  /** Names in a book by those in a quote. */
  private static final Map<String, String> FIELDS =
      Map.of("bid", "bids", "ask", "asks", "bidSize", "bidSize", "askSize", "askSize");

  private BookJson() {}

  /**
   * Returns the JSON of a book.
   *
   * @param atMillis market time at which it was told, epoch millis; 0 if not known, which is left out
   * @param quality how good it is as a book
   */
  static Buffer body(Quote quote, long atMillis, Quality quality) {
    return Json.buffer(BYTES, out -> {
      out.writeStartObject();
      out.writeStringField("symbol", quote.instrument().symbol());
      side(out, "bids", quote.bid(), quote.bidSize());
      side(out, "asks", quote.ask(), quote.askSize());
      out.writeStringField("depth", "nbbo");
      if (atMillis != 0) {
        out.writeNumberField("t", atMillis);
      }
      ReasonsJson.write(out, reasons(quote));
      ChainJson.writeQuality(out, quality);
      out.writeEndObject();
    });
  }

  private static void side(JsonGenerator out, String name, double price, double size)
      throws IOException {
    out.writeArrayFieldStart(name);
    if (!Double.isNaN(price)) {
      out.writeStartObject();
      Json.number(out, "price", price);
      Json.number(out, "size", size);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Of a level only its size can be missing; without a level there is nothing that a size could be of. */
  private static Map<String, MissingReason> reasons(Quote quote) {
    Map<String, MissingReason> reasons = new TreeMap<>();
    quote.reasons().forEach((field, reason) -> {
      String name = FIELDS.getOrDefault(field, "");
      if (!name.isEmpty()) {
        reasons.put(name, reason);
      }
    });
    if (reasons.containsKey("bids")) {
      reasons.remove("bidSize");
    }
    if (reasons.containsKey("asks")) {
      reasons.remove("askSize");
    }
    return reasons;
  }
}
