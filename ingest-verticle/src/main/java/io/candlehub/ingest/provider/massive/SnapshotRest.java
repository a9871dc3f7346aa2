package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Shards;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.Priority;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.IndexRoot;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionContract;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The REST endpoints that tell the present: option chains, snapshots of any class, the last trades, and which options
 * there are (OpenAPI document). Confined to one event loop.
 *
 * <p>Underlyings: chains name an index as its values are named ({@code I:SPX}, knowledge base, greeks for index options),
 * the reference data without prefix ({@code SPX}; with it they answer nothing, as others observed on the wire).
 */
final class SnapshotRest {
  /** Asset classes with single trades. */
  private static final Set<AssetClass> TRADED = Set.of(AssetClass.EQUITY, AssetClass.OPTION);

  /** Asset classes with options on them. */
  private static final Set<AssetClass> UNDERLYINGS = Set.of(AssetClass.EQUITY, AssetClass.INDEX);

  private static final int PAGE = 250;
  private static final int REFERENCE_PAGE = 1_000;
  private static final int MOST_TRADES = 50_000;

  private final RestPages pages;
  private final FeedMeters meters;

  SnapshotRest(RestPages pages, FeedMeters meters) {
    this.pages = pages;
    this.meters = meters;
  }

  Future<List<LocalDate>> expirations(Instrument underlying, Priority priority) {
    if (!UNDERLYINGS.contains(underlying.assetClass())) {
      return unsupported();
    }
    if (IndexRoot.isNamedBy(underlying)) {
      return unknown();
    }
    String bare = underlying.symbol().substring(underlying.assetClass().prefix().length());
    ExpirationRows rows = new ExpirationRows(meters);
    String path = "/v3/reference/options/contracts?expired=false&sort=expiration_date"
        + "&order=asc&limit=" + REFERENCE_PAGE + "&underlying_ticker=" + RestPages.symbol(bare);
    return pages
        .all(pages.request(path, "contracts", underlying.symbol(), priority), rows)
        .map(askedAtMillis -> rows.ascending());
  }

  Future<ChainSnapshot> chain(ChainQuery query, Errand errand) {
    if (!UNDERLYINGS.contains(query.underlying().assetClass())) {
      return unsupported();
    }
    if (IndexRoot.isNamedBy(query.underlying())) {
      return unknown();
    }
    String symbol = query.underlying().symbol();
    LegRows rows = new LegRows(meters);
    return RestPages.path(query.underlying())
        .compose(ticker -> pages.all(
            pages.request(
                "/v3/snapshot/options/" + ticker + "?expiration_date.gte="
                    + query.firstExpiration() + "&expiration_date.lte=" + query.lastExpiration()
                    + "&sort=ticker&order=asc&limit=" + PAGE,
                "chain",
                symbol,
                errand),
            rows))
        .map(askedAtMillis -> new ChainSnapshot(
            symbol, rows.spot(), rows.spotAtMillis(), rows.legs(), askedAtMillis));
  }

  Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    if (OptionContract.of(contract).isEmpty()) {
      return Future.failedFuture(noSuchContract());
    }
    LegRows rows = new LegRows(meters);
    String path = "/v3/snapshot/options/" + RestPages.symbol(Shards.underlying(contract)) + "/"
        + RestPages.symbol(contract.symbol());
    return pages
        .one(pages.request(path, "contract", contract.symbol(), priority), new ResultsReader(rows))
        .recover(failure -> isUnknown(failure)
            ? Future.failedFuture(noSuchContract())
            : Future.failedFuture(failure))
        .compose(askedAtMillis -> rows.legs().stream()
            .filter(leg -> leg.symbol().equals(contract.symbol()))
            .findFirst()
            .map(leg ->
                Future.succeededFuture(new ContractSnapshot(leg, rows.spot(), rows.spotAtMillis())))
            .orElseGet(() -> Future.failedFuture(
                Failure.PROVIDER_ERROR.because("the provider's answer was unreadable"))));
  }

  /** Of many instruments some may be refused by plan; the question fails only if nothing else is told. */
  Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments, Priority priority) {
    List<String> symbols = instruments.stream()
        .filter(instrument -> instrument.assetClass() != AssetClass.FUTURE)
        .map(Instrument::symbol)
        .distinct()
        .toList();
    if (symbols.isEmpty()) {
      return instruments.isEmpty() ? Future.succeededFuture(List.of()) : unsupported();
    }
    List<Future<SnapshotRows>> parts = new ArrayList<>();
    for (int from = 0; from < symbols.size(); from += PAGE) {
      List<String> part = symbols.subList(from, Math.min(symbols.size(), from + PAGE));
      parts.add(part(part, priority));
    }
    return Future.all(parts).map(all -> all.<SnapshotRows>list()).compose(all -> {
      List<MarketSnapshot> found =
          all.stream().flatMap(rows -> rows.snapshots().stream()).toList();
      return found.isEmpty() && all.stream().anyMatch(SnapshotRows::isRefused)
          ? Future.failedFuture(
              Failure.NOT_ENTITLED.because("the provider's plan does not include this"))
          : Future.succeededFuture(found);
    });
  }

  private Future<SnapshotRows> part(List<String> symbols, Priority priority) {
    SnapshotRows rows = new SnapshotRows(meters);
    String list = symbols.stream().map(RestPages::symbol).collect(Collectors.joining(","));
    String subject = symbols.size() == 1 ? symbols.get(0) : symbols.size() + " symbols";
    return pages
        .all(
            pages.request(
                "/v3/snapshot?limit=" + PAGE + "&ticker.any_of=" + list,
                "snapshots",
                subject,
                priority),
            rows)
        .recover(failure ->
            isUnknown(failure) ? Future.succeededFuture(0L) : Future.failedFuture(failure))
        .map(askedAtMillis -> rows);
  }

  /** Asks for the newest first, because there may be more than are wanted. */
  Future<List<TradeEvent>> trades(Instrument instrument, int limit, Priority priority) {
    if (!TRADED.contains(instrument.assetClass())) {
      return unsupported();
    }
    TradeRows rows = new TradeRows(instrument, meters);
    int most = Math.max(1, Math.min(MOST_TRADES, limit));
    return RestPages.path(instrument)
        .compose(ticker -> pages.one(
            pages.request(
                "/v3/trades/" + ticker + "?order=desc&sort=timestamp&limit=" + most,
                "trades",
                instrument.symbol(),
                priority),
            new ResultsReader(rows)))
        .map(askedAtMillis -> rows.oldestFirst());
  }

  private static boolean isUnknown(Throwable failure) {
    return FailureException.of(failure).code() == Failure.UNKNOWN_INSTRUMENT;
  }

  private static FailureException noSuchContract() {
    return Failure.CONTRACT_NOT_FOUND.because("no such contract");
  }

  private static <T> Future<T> unknown() {
    return Future.failedFuture(Failure.UNKNOWN_INSTRUMENT.because("no such instrument"));
  }

  private static <T> Future<T> unsupported() {
    return Future.failedFuture(Failure.UNSUPPORTED.because("not available"));
  }
}
