package io.candlehub.gateway.udf;

import io.candlehub.bus.ChartedBars;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a chart library has to know of an instrument. Confined to the gateway's event loop. */
final class SymbolInfo {
  /** Kinds of instrument by the protocol's names, for the filter of the search. */
  static final List<String> TYPES = List.of("stock", "fund", "option", "index", "futures");

  private static final Set<String> FUNDS = Set.of("ETF", "ETN", "ETV", "ETS", "FUND");
  private static final Map<String, String> EXCHANGES = Map.of(
      "XNYS", "NYSE",
      "XNAS", "NASDAQ",
      "ARCX", "NYSE ARCA",
      "XASE", "NYSE AMERICAN",
      "BATS", "CBOE BZX");

  private final Map<TradingCalendar, Spoken> words = new HashMap<>();

  private record Spoken(LocalDate date, SessionWords words) {}

  /** Returns the answer to a request for a symbol at a market time. */
  JsonObject describe(Instrument instrument, JsonObject listing, long marketMillis) {
    SessionWords sessions = sessions(instrument, marketMillis);
    JsonObject info = new JsonObject()
        .put("name", instrument.symbol())
        .put("ticker", instrument.symbol())
        .put("description", description(instrument, listing))
        .put("type", type(instrument, listing))
        .put("exchange", exchange(listing))
        .put("listed_exchange", exchange(listing))
        .put("timezone", TradingCalendar.of(instrument).zone().getId())
        .put("currency_code", "USD")
        .put("session", sessions.extended())
        .put("session-extended", sessions.extended())
        .put("session-regular", sessions.regular())
        .put("corrections", sessions.corrections())
        .put("session_holidays", sessions.holidays())
        .put("has_seconds", true)
        .put("seconds_multipliers", new JsonArray().add("1").add("5").add("15"))
        .put("has_intraday", true)
        .put("intraday_multipliers", new JsonArray(List.of("1", "5", "15", "30", "60", "240")))
        .put("has_daily", true)
        .put("has_weekly_and_monthly", true)
        .put("weekly_multipliers", new JsonArray().add("1"))
        .put("monthly_multipliers", new JsonArray())
        .put("has_empty_bars", false)
        .put("supported_resolutions", new JsonArray(Resolution.names()))
        .put("visible_plots_set", instrument.assetClass() == AssetClass.INDEX ? "ohlc" : "ohlcv")
        .put("volume_precision", 0)
        .put("format", "price")
        .put("data_status", "streaming");
    PriceStep.describe(instrument, info);
    return info;
  }

  /** Returns one line of a search. */
  static JsonObject found(Instrument instrument, JsonObject listing) {
    return new JsonObject()
        .put("symbol", instrument.symbol())
        .put("full_name", instrument.symbol())
        .put("ticker", instrument.symbol())
        .put("description", description(instrument, listing))
        .put("exchange", exchange(listing))
        .put("type", type(instrument, listing));
  }

  /** Returns the exchanges that a search can be limited to. */
  static List<String> exchanges() {
    return EXCHANGES.values().stream().sorted().toList();
  }

  /** Libraries leave bars out that are outside the sessions, and intraday an option's are its underlying's. */
  private SessionWords sessions(Instrument instrument, long marketMillis) {
    TradingCalendar calendar = TradingCalendar.of(ChartedBars.intraday(instrument));
    LocalDate today = calendar.dateOf(marketMillis);
    Spoken known = words.get(calendar);
    if (known == null || !known.date.equals(today)) {
      known = new Spoken(today, SessionWords.around(calendar, today));
      words.put(calendar, known);
    }
    return known.words;
  }

  static String description(Instrument instrument, JsonObject listing) {
    String name = listing.getString("name", "");
    return name.isEmpty() ? instrument.symbol() : name;
  }

  /** Returns the name people know, or the code of an exchange that is not in the table, or nothing. */
  static String exchange(JsonObject listing) {
    String code = listing.getString("exchange", "");
    return EXCHANGES.getOrDefault(code, code);
  }

  private static String type(Instrument instrument, JsonObject listing) {
    return switch (instrument.assetClass()) {
      case EQUITY -> FUNDS.contains(listing.getString("type", "")) ? "fund" : "stock";
      case OPTION -> "option";
      case INDEX -> "index";
      case FUTURE -> "futures";
    };
  }
}
