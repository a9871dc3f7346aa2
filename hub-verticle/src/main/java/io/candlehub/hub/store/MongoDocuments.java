package io.candlehub.hub.store;

import io.candlehub.bus.QuoteJson;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.model.BarBlock;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.Ohlc;
import io.candlehub.model.Quote;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Documents, keys and filters of the MongoDB store; pure. */
final class MongoDocuments {
  /** Collection of bars. */
  static final String BARS = "option_aggregates";
  /** Collection of complete days. */
  static final String COMPLETE_DAYS = "option_aggregate_days";

  /** Collection of last quotes. */
  static final String QUOTES = "last_quotes";

  /** Collection of callers' selections. */
  static final String SELECTIONS = "selections";

  /** When a document was written, or what it says was said. */
  static final String UPDATED_AT = "updatedAt";

  /** Collection of chains. */
  static final String CHAINS = "option_chain_snapshots";

  private static final int MULTIPLIER = 1;

  private MongoDocuments() {}

  static JsonObject barIndex() {
    return new JsonObject()
        .put("ticker", 1)
        .put("timespan", 1)
        .put("multiplier", 1)
        .put("timestamp", 1);
  }

  static JsonObject dayIndex() {
    return new JsonObject()
        .put("ticker", 1)
        .put("timespan", 1)
        .put("multiplier", 1)
        .put("date", 1);
  }

  static JsonObject chainIndex() {
    return new JsonObject().put("underlying", 1).put("expiration", 1);
  }

  static JsonObject bar(Instrument instrument, StoreUnit unit, StoredBar bar, Instant updatedAt) {
    JsonObject document = series(instrument.symbol(), unit)
        .put("_id", id(instrument, unit, Long.toString(bar.startMillis())))
        .put("timestamp", bar.startMillis())
        .put("open", bar.open())
        .put("high", bar.high())
        .put("low", bar.low())
        .put("close", bar.close())
        .put("volume", bar.volume());
    if (!Double.isNaN(bar.vwap())) {
      document.put("vwap", bar.vwap());
    }
    if (bar.trades() >= 0) {
      document.put("transactions", bar.trades());
    }
    return document
        .put("source", bar.source().wireName())
        .put("revision", bar.revision())
        .put(UPDATED_AT, date(updatedAt));
  }

  static JsonObject completeDay(
      Instrument instrument, StoreUnit unit, LocalDate day, Instant updatedAt) {
    return series(instrument.symbol(), unit)
        .put("_id", id(instrument, unit, day.toString()))
        .put("date", day.toString())
        .put(UPDATED_AT, date(updatedAt));
  }

  static JsonObject quote(Quote quote, Instant updatedAt) {
    return QuoteJson.kept(quote)
        .toJsonObject()
        .put("_id", quote.instrument().symbol())
        .put(UPDATED_AT, date(updatedAt));
  }

  static JsonObject chain(LocalDate expiration, ChainSnapshot chain, Instant updatedAt) {
    return new JsonObject()
        .put("_id", chain.underlying() + "|" + expiration)
        .put("underlying", chain.underlying())
        .put("expiration", expiration.toString())
        .put("chain", SnapshotJson.chain(chain).toJsonObject())
        .put(UPDATED_AT, date(updatedAt));
  }

  static JsonObject series(String ticker, StoreUnit unit) {
    return new JsonObject()
        .put("ticker", ticker)
        .put("timespan", unit.timespan())
        .put("multiplier", MULTIPLIER);
  }

  static JsonObject range(Object from, Object to) {
    return new JsonObject().put("$gte", from).put("$lte", to);
  }

  /** Returns the bars of documents that ascend by timestamp; those that are no bar are left out. */
  static BarBlock block(List<JsonObject> documents) {
    BarBlock.Builder bars = new BarBlock.Builder(documents.size());
    documents.forEach(document -> addTo(bars, document));
    return bars.build();
  }

  private static void addTo(BarBlock.Builder bars, JsonObject document) {
    double open = number(document, "open");
    double high = number(document, "high");
    double low = number(document, "low");
    double close = number(document, "close");
    double volume = number(document, "volume");
    if (!(document.getValue("timestamp") instanceof Number start)
        || Ohlc.problem(open, high, low, close, volume).isPresent()) {
      return;
    }
    double trades = number(document, "transactions");
    bars.add(
        start.longValue(),
        open,
        high,
        low,
        close,
        volume,
        number(document, "vwap"),
        Double.isNaN(trades) ? -1 : (long) trades);
  }

  private static double number(JsonObject document, String field) {
    return document.getValue(field) instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  private static String id(Instrument instrument, StoreUnit unit, String position) {
    return unit.timespan() + "|" + MULTIPLIER + "|" + position + "|" + instrument.symbol();
  }

  static JsonObject date(Instant instant) {
    return new JsonObject().put("$date", instant.toString());
  }
}
