package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.Split;
import io.candlehub.ingest.provider.ProviderText;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The REST endpoints of the past and of reference: aggregates, tickers, splits and market status (OpenAPI document). Bars
 * are asked for unadjusted and ascending: descending pages are known to fail at the provider. Confined to one event loop.
 */
final class MassiveRest {
  private static final int PAGE_LIMIT = 50_000;
  private static final int SEARCHED = 250;
  private static final String INDEX = AssetClass.INDEX.prefix();

  private final RestPages pages;
  private final FeedMeters meters;

  MassiveRest(RestPages pages, FeedMeters meters) {
    this.pages = pages;
    this.meters = meters;
  }

  Future<History> history(HistoryQuery query, Errand errand) {
    if (query.instrument().assetClass() == AssetClass.FUTURE) {
      return Future.failedFuture(Failure.UNSUPPORTED.because("not available"));
    }
    BarRows rows = new BarRows(query, meters);
    String symbol = query.instrument().symbol();
    return RestPages.path(query.instrument())
        .compose(ticker -> pages.all(
            pages.request(
                "/v2/aggs/ticker/" + ticker + "/range/1/" + query.unit().wireName() + "/"
                    + query.fromMillis() + "/" + query.toMillis()
                    + "?adjusted=false&sort=asc&limit="
                    + PAGE_LIMIT,
                "aggregates",
                symbol,
                query.unit().wireName() + "/1",
                errand),
            rows))
        .map(askedAtMillis -> new History(rows.block(), askedAtMillis));
  }

  /** Searches shares, or indices if the query begins as their symbols do. */
  Future<List<Listing>> search(String query, int limit) {
    ListingRows rows = new ListingRows(meters);
    boolean isIndex = query.regionMatches(true, 0, INDEX, 0, INDEX.length());
    String market = isIndex ? "indices" : "stocks";
    String text = isIndex ? query.substring(INDEX.length()) : query;
    String path =
        "/v3/reference/tickers?market=" + market + "&active=true&sort=ticker&order=asc&limit="
            + SEARCHED + "&search=" + RestPages.encode(text);
    return pages
        .one(
            pages.request(path, "search", ProviderText.forLog(query), Priority.CHART),
            new ResultsReader(rows))
        .map(answer -> rows.listings().stream()
            .sorted(Comparator.comparingInt(listing -> distance(listing, query)))
            .limit(limit)
            .toList());
  }

  Future<Listing> listing(Instrument instrument) {
    ListingRows rows = new ListingRows(meters);
    boolean isOption = instrument.assetClass() == AssetClass.OPTION;
    String kind = isOption ? "/v3/reference/options/contracts/" : "/v3/reference/tickers/";
    return RestPages.path(instrument)
        .compose(ticker -> pages.one(
            pages.request(kind + ticker, "ticker", instrument.symbol(), Priority.CHART),
            new ResultsReader(rows)))
        .compose(answer -> rows.listings().isEmpty()
            ? unreadable()
            : Future.succeededFuture(rows.listings().get(0)));
  }

  /** Only shares are split; the contracts on them are replaced by others. */
  Future<List<Split>> splits(Instrument instrument) {
    if (instrument.assetClass() != AssetClass.EQUITY) {
      return Future.succeededFuture(List.of());
    }
    SplitRows rows = new SplitRows(meters);
    String path = "/v3/reference/splits?order=asc&sort=execution_date&limit=1000&ticker="
        + RestPages.encode(instrument.symbol());
    return pages
        .all(pages.request(path, "splits", instrument.symbol(), Priority.CHART), rows)
        .map(askedAtMillis -> rows.oldestFirst());
  }

  Future<MarketStatus> marketStatus() {
    MarketStatusReader reader = new MarketStatusReader();
    return pages
        .one(
            pages.request("/v1/marketstatus/now", "market-status", "market", Priority.WARM), reader)
        .compose(askedAtMillis -> reader.isTelling()
            ? Future.succeededFuture(reader.marketStatus(askedAtMillis))
            : unreadable());
  }

  private static <T> Future<T> unreadable() {
    return Future.failedFuture(
        Failure.PROVIDER_ERROR.because("the provider's answer was unreadable"));
  }

  /** Exact symbols first, then symbols that begin alike, then the rest in the provider's order. */
  private static int distance(Listing listing, String query) {
    String symbol = listing.instrument().symbol().toUpperCase(Locale.ROOT);
    String wanted = query.toUpperCase(Locale.ROOT);
    if (symbol.equals(wanted)) {
      return 0;
    }
    return symbol.startsWith(wanted) ? 1 : 2;
  }
}
