package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.Violation;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Expirations and chains (page "Market data", option chains): one request for each expiration, without pages, of all
 * roots of an underlying together. A chain does not tell the underlying's price, so its quote is asked for beside it.
 * Confined to one event loop.
 */
final class TradierChains {
  private final TradierRest rest;
  private final TradierQuotes quotes;
  private final MarketClock clock;
  private final FeedMeters meters;

  TradierChains(TradierRest rest, TradierQuotes quotes, ProviderContext context) {
    this.rest = rest;
    this.quotes = quotes;
    this.clock = context.marketClock();
    this.meters = context.meters();
  }

  /** Loads the dates on which options expire, not expired. Without its roots an index would lack its weekly ones. */
  Future<Expirations> expirations(Instrument underlying, Priority priority) {
    return dates(underlying, new Errand(priority))
        .map(dates -> new Expirations(underlying.symbol(), dates, TradierModule.ID, ""));
  }

  private Future<List<LocalDate>> dates(Instrument underlying, Errand errand) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    LocalDate today = TradingCalendar.nyse().dateOf(clock.millis());
    DocumentReader reader = new DocumentReader(meters, Map.of("expirations.date", row -> {
      try {
        LocalDate date = LocalDate.parse(row.text(""));
        if (!date.isBefore(today)) {
          dates.add(date);
        }
      } catch (DateTimeException e) {
        meters.violation(Violation.BAD_TIME);
      }
    }));
    String path = "/markets/options/expirations?symbol=" + symbol(underlying)
        + "&includeAllRoots=true&strikes=false";
    return rest.get(rest.request(path, "expirations", underlying.symbol(), errand), reader)
        .map(askedAtMillis -> List.copyOf(dates));
  }

  /** Loads all contracts of a range of expirations, with requests side by side. */
  Future<ChainSnapshot> chain(ChainQuery query, Errand errand) {
    return expirationsOf(query, errand.part()).compose(dates -> {
      List<SnapshotLeg> legs = new ArrayList<>();
      Future<MarketSnapshot> spot = spot(query.underlying(), errand.part());
      List<Future<Long>> parts = new ArrayList<>();
      dates.forEach(date -> parts.add(part(query.underlying(), date, errand.part(), legs)));
      return Future.all(parts)
          .compose(all -> spot)
          .map(underlying -> new ChainSnapshot(
              query.underlying().symbol(),
              underlying.last(),
              underlying.atMillis(),
              legs,
              parts.stream().mapToLong(Future::result).min().orElse(clock.millis())));
    });
  }

  private Future<List<LocalDate>> expirationsOf(ChainQuery query, Errand errand) {
    LocalDate first = query.firstExpiration();
    return first.equals(query.lastExpiration())
        ? Future.succeededFuture(List.of(first))
        : dates(query.underlying(), errand)
            .map(dates -> dates.stream()
                .filter(date -> !date.isBefore(first) && !date.isAfter(query.lastExpiration()))
                .toList());
  }

  private Future<Long> part(
      Instrument underlying, LocalDate expiration, Errand errand, List<SnapshotLeg> legs) {
    long nowMillis = clock.millis();
    DocumentReader reader = new DocumentReader(
        meters,
        Map.of(
            "options.option",
            row -> QuoteRows.leg(row, nowMillis)
                .ifPresentOrElse(legs::add, () -> meters.violation(Violation.BAD_SYMBOL))));
    String path = "/markets/options/chains?symbol=" + symbol(underlying) + "&expiration="
        + expiration + "&greeks=true";
    return rest.get(rest.request(path, "chain", underlying.symbol(), errand), reader);
  }

  /** Returns the underlying's values; a chain is good without. */
  private Future<MarketSnapshot> spot(Instrument underlying, Errand errand) {
    MarketSnapshot unknown = QuoteRows.snapshot(new Row(), underlying);
    return quotes
        .snapshots(List.of(underlying), errand)
        .map(found -> found.isEmpty() ? unknown : found.get(0))
        .otherwise(unknown);
  }

  private static String symbol(Instrument underlying) {
    return TradierRest.encode(TradierSymbols.write(underlying).orElseThrow());
  }
}
