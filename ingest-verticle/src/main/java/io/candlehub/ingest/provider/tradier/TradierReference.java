package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.ProviderText;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.Violation;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Search and the market's clock (page "Market data": search, look-up and clock). Confined to one event loop. */
final class TradierReference {
  private final TradierRest rest;
  private final FeedMeters meters;

  TradierReference(TradierRest rest, ProviderContext context) {
    this.rest = rest;
    this.meters = context.meters();
  }

  /**
   * Searches symbols and names, which the provider does in two places; the exact symbol first, then other symbols, then
   * names, each in the provider's order, the most traded first.
   */
  Future<List<Listing>> search(String query, int limit) {
    String symbol = Instrument.parse(query.toUpperCase(Locale.ROOT))
        .flatMap(TradierSymbols::write)
        .orElse(query);
    Future<List<Listing>> symbols =
        find("lookup", "q=" + TradierRest.encode(symbol) + "&types=stock,etf,index", query);
    Future<List<Listing>> names =
        find("search", "q=" + TradierRest.encode(query) + "&indexes=true", query);
    return Future.all(symbols, names)
        .map(both -> Stream.of(symbols, names)
            .flatMap(told -> told.result().stream())
            .collect(Collectors.toMap(
                Listing::instrument, Function.identity(), (one, same) -> one, LinkedHashMap::new))
            .values()
            .stream()
            .sorted(Comparator.comparing(listing -> !isExactly(listing, query)))
            .limit(limit)
            .toList());
  }

  private Future<List<Listing>> find(String endpoint, String parameters, String query) {
    List<Listing> found = new ArrayList<>();
    DocumentReader reader = new DocumentReader(
        meters,
        Map.of(
            "securities.security",
            row -> QuoteRows.instrument(row)
                .ifPresentOrElse(
                    instrument -> found.add(QuoteRows.listing(row, instrument, "exchange")),
                    () -> meters.violation(Violation.BAD_SYMBOL))));
    String path = "/markets/" + endpoint + "?" + parameters;
    return rest.get(
            rest.request(path, endpoint, ProviderText.forLog(query), Priority.CHART), reader)
        .map(askedAtMillis -> found);
  }

  private static boolean isExactly(Listing listing, String query) {
    String symbol = listing.instrument().symbol();
    String bare = symbol.substring(listing.instrument().assetClass().prefix().length());
    String wanted = query.toUpperCase(Locale.ROOT);
    return symbol.equals(wanted) || bare.equals(wanted);
  }

  /** Asks what the market does. */
  Future<MarketStatus> marketStatus() {
    List<Clock> told = new ArrayList<>();
    DocumentReader reader = new DocumentReader(
        meters,
        Map.of("clock", row -> told.add(new Clock(row.text("state"), row.whole("timestamp")))));
    return rest.get(
            rest.request("/markets/clock", "market-status", "market", Priority.WARM), reader)
        .compose(askedAtMillis -> told.stream()
            .findFirst()
            .flatMap(clock -> clock.status(askedAtMillis))
            .map(Future::succeededFuture)
            .orElseGet(TradierRest::unreadable));
  }

  /** What the clock tells; the time in epoch seconds. */
  private record Clock(String state, long seconds) {
    Optional<MarketStatus> status(long askedAtMillis) {
      return switch (state) {
        case "open", "closed" -> Optional.of(status(state, askedAtMillis));
        case "premarket", "postmarket" -> Optional.of(status("extended-hours", askedAtMillis));
        default -> Optional.empty();
      };
    }

    private MarketStatus status(String market, long askedAtMillis) {
      String time = seconds == 0
          ? ""
          : Instant.ofEpochSecond(seconds)
              .atZone(TradingCalendar.nyse().zone())
              .toOffsetDateTime()
              .toString();
      return new MarketStatus(
          market,
          Map.of(),
          time,
          state.equals("premarket"),
          state.equals("postmarket"),
          askedAtMillis);
    }
  }
}
