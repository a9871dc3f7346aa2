package io.candlehub.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.bus.ChainJson;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.Json;
import io.candlehub.bus.ReasonsJson;
import io.candlehub.hub.tape.TopOfBook;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Quality;
import io.candlehub.model.Timeframe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what is known of instruments at present, without a stream. A value not known is left out, and {@code reasons}
 * says why.
 */
final class CardJson {
  private static final double DIGITS = 1e8;
  private static final double PERCENT = 100;

  private CardJson() {}

  /** Writes the card of an instrument, with the reason if it could not be read anew. */
  static void card(
      JsonGenerator out, MarketSnapshot told, Quality quality, Optional<FailureException> failure)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("symbol", told.instrument().symbol());
    if (!told.name().isEmpty()) {
      out.writeStringField("name", told.name());
    }
    Json.number(out, "last", told.last());
    change(out, told);
    TopOfBook book = book(told);
    Json.number(out, "bid", book.bid());
    Json.number(out, "ask", book.ask());
    Json.number(out, "bidSize", book.bidSize());
    Json.number(out, "askSize", book.askSize());
    Json.number(out, "volume", told.volume());
    Json.number(out, "openInterest", told.openInterest());
    day(out, told);
    ReasonsJson.write(out, CardReasons.of(told));
    ChainJson.writeQuality(out, quality);
    if (failure.isPresent()) {
      error(out, failure.get());
    }
    out.writeEndObject();
  }

  /** Writes an index with its bars of several timeframes. */
  static void index(JsonGenerator out, MarketSnapshot told, IndexBars bars, Quality quality)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("symbol", told.instrument().symbol());
    if (!told.name().isEmpty()) {
      out.writeStringField("name", told.name());
    }
    Json.number(out, "value", told.last());
    change(out, told);
    day(out, told);
    out.writeObjectFieldStart("timeframes");
    for (Map.Entry<Timeframe, List<Bar>> each : bars.bars().entrySet()) {
      out.writeArrayFieldStart(each.getKey().wireName());
      for (Bar bar : each.getValue()) {
        ChartJson.writeBar(out, bar);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
    ReasonsJson.write(out, CardReasons.ofIndex(told, bars.missing()));
    ChainJson.writeQuality(out, quality);
    out.writeEndObject();
  }

  private static void day(JsonGenerator out, MarketSnapshot told) throws IOException {
    Json.number(out, "open", told.open());
    Json.number(out, "high", told.high());
    Json.number(out, "low", told.low());
    Json.number(out, "previousClose", told.previousClose());
    if (told.atMillis() > 0) {
      out.writeNumberField("t", told.atMillis());
    }
  }

  private static void change(JsonGenerator out, MarketSnapshot told) throws IOException {
    double change = change(told);
    Json.number(out, "change", rounded(change));
    Json.number(out, "changePercent", rounded(change / told.previousClose() * PERCENT));
  }

  /** Returns bid and offer: where nobody bids there is no size either. */
  static TopOfBook book(MarketSnapshot told) {
    return TopOfBook.undated(told.bid(), told.bidSize(), told.ask(), told.askSize());
  }

  /** Returns how far the last price is from the former close, NaN if one of them is not known. */
  static double change(MarketSnapshot told) {
    return told.previousClose() > 0 ? told.last() - told.previousClose() : Double.NaN;
  }

  /** Drops the binary noise of a difference of decimals. */
  private static double rounded(double value) {
    return Double.isNaN(value) ? value : Math.rint(value * DIGITS) / DIGITS;
  }

  /** Writes, in place of a card, why there is none. */
  static void missing(JsonGenerator out, Instrument instrument, FailureException failure)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("symbol", instrument.symbol());
    error(out, failure);
    out.writeEndObject();
  }

  private static void error(JsonGenerator out, FailureException failure) throws IOException {
    out.writeObjectFieldStart("error");
    out.writeStringField("code", failure.code().name());
    out.writeStringField("message", failure.getMessage());
    out.writeBooleanField("retryable", failure.code().isRetryable());
    if (failure.retryAfterMillis() > 0) {
      out.writeNumberField("retryAfterMs", failure.retryAfterMillis());
    }
    out.writeEndObject();
  }
}
