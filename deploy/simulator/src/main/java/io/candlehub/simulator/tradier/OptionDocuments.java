package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Quotes, chains, expirations, strikes and the look-up of options. Safe anywhere, may block. */
final class OptionDocuments {
  private final OptionBook book;
  private final TradingCalendar calendar;
  private final Symbols symbols;
  private final QuoteRows rows;

  OptionDocuments(MarketView view, Symbols symbols) {
    this.book = view.market().options();
    this.calendar = view.calendar();
    this.symbols = symbols;
    this.rows = new QuoteRows(view);
  }

  /** Answers {@code /markets/quotes}. */
  JsonObject quotes(Request request) {
    List<JsonObject> found = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (String symbol : request.list("symbols")) {
      Optional<JsonObject> row = symbols
          .ticker(symbol)
          .flatMap(ticker -> rows.row(ticker, request.flag("greeks"), request.nowMillis()));
      row.ifPresentOrElse(found::add, () -> unmatched.add(symbol));
    }
    JsonObject quotes = new JsonObject();
    if (!found.isEmpty()) {
      quotes.put("quote", Collapsed.list(found));
    }
    if (!unmatched.isEmpty()) {
      quotes.put("unmatched_symbols", new JsonObject().put("symbol", Collapsed.list(unmatched)));
    }
    return new JsonObject().put("quotes", quotes.isEmpty() ? null : quotes);
  }

  private Stream<Contract> contracts(Request request, String name) {
    String symbol = request.needed(name);
    boolean index = symbols.ticker(symbol).filter(t -> t.startsWith("I:")).isPresent();
    return book
        .contracts(index ? "I:" + symbol : symbol, calendar.dateOf(request.nowMillis()))
        .stream();
  }

  /** Answers {@code /markets/options/chains}. */
  JsonObject chains(Request request) {
    request.needed("expiration");
    LocalDate expiration = request.date("expiration").orElseThrow();
    List<JsonObject> found = contracts(request, "symbol")
        .filter(contract -> contract.expiration().equals(expiration))
        .map(contract -> rows.option(contract, request.flag("greeks"), request.nowMillis()))
        .toList();
    return Collapsed.document("options", "option", found);
  }

  /** Answers {@code /markets/options/expirations}. */
  JsonObject expirations(Request request) {
    boolean all = request.flag("includeAllRoots");
    String symbol = request.needed("symbol");
    SortedMap<LocalDate, TreeMap<Double, Boolean>> found = new TreeMap<>();
    contracts(request, "symbol")
        .filter(contract -> all || contract.root().equals(symbol))
        .forEach(contract -> found
            .computeIfAbsent(contract.expiration(), date -> new TreeMap<>())
            .put(contract.strike(), true));
    boolean detailed =
        request.flag("strikes") || request.flag("contractSize") || request.flag("expirationType");
    if (!detailed) {
      return Collapsed.document(
          "expirations",
          "date",
          found.keySet().stream().map(LocalDate::toString).toList());
    }
    List<JsonObject> details = new ArrayList<>();
    for (Map.Entry<LocalDate, TreeMap<Double, Boolean>> entry : found.entrySet()) {
      JsonObject row = new JsonObject().put("date", entry.getKey().toString());
      if (request.flag("contractSize")) {
        row.put("contract_size", 100);
      }
      if (request.flag("expirationType")) {
        row.put("expiration_type", QuoteRows.expirationType(entry.getKey()));
      }
      if (request.flag("strikes")) {
        List<Double> strikes = List.copyOf(entry.getValue().keySet());
        row.put("strikes", new JsonObject().put("strike", Collapsed.list(strikes)));
      }
      details.add(row);
    }
    return Collapsed.document("expirations", "expiration", details);
  }

  /** Answers {@code /markets/options/strikes}. */
  JsonObject strikes(Request request) {
    request.needed("expiration");
    LocalDate expiration = request.date("expiration").orElseThrow();
    List<Double> found = contracts(request, "symbol")
        .filter(contract -> contract.expiration().equals(expiration))
        .map(Contract::strike)
        .distinct()
        .sorted()
        .toList();
    return Collapsed.document("strikes", "strike", found);
  }

  /** Answers {@code /markets/options/lookup}, whose lists never collapse. */
  JsonObject lookup(Request request) {
    Optional<LocalDate> expiration = request.date("expiration");
    SortedMap<String, JsonArray> roots = new TreeMap<>();
    contracts(request, "underlying")
        .filter(contract -> expiration.isEmpty() || expiration.get().equals(contract.expiration()))
        .forEach(contract -> roots
            .computeIfAbsent(contract.root(), root -> new JsonArray())
            .add(Symbols.symbol(contract.ticker())));
    JsonArray found = new JsonArray();
    roots.forEach((root, options) ->
        found.add(new JsonObject().put("rootSymbol", root).put("options", options)));
    return new JsonObject().put("symbols", found.isEmpty() ? null : found);
  }
}
