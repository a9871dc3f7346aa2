package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.RequestBudget;
import io.candlehub.ingest.Split;
import io.candlehub.ingest.provider.ProviderText;
import io.candlehub.ingest.provider.RestClient;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST endpoints the hub needs: aggregates, tickers, splits and market status (OpenAPI document). Bars are asked for unadjusted and
 * ascending: descending pages are known to fail at the provider. Confined to one event loop.
 */
final class MassiveRest {
  private static final Logger LOG = LoggerFactory.getLogger(MassiveRest.class);
  private static final int PAGE_LIMIT = 50_000;
  private static final int MAX_PAGES = 100;
  private static final int SEARCHED = 250;
  private static final int QUEUED = 256;

  private final String base;
  private final URI origin;
  private final RestClient client;
  private final FeedMeters meters;

  MassiveRest(MassiveConfig config, ProviderContext context) {
    this.base = config.restUrl().toString();
    this.origin = config.restUrl();
    this.client = new RestClient(
        new RestClient.Account(
            config.apiKey(),
            config.requestTimeout(),
            new RequestBudget.Limits(
                config.requestsPerMinute(),
                config.requestsPerSecond(),
                config.concurrentRequests(),
                QUEUED,
                config.requestTimeout()),
            answer -> Optional.empty()),
        context);
    this.meters = context.meters();
  }

  Future<History> history(HistoryQuery query, Errand errand) {
    BarRows rows = new BarRows(query, meters);
    String symbol = query.instrument().symbol();
    return path(query.instrument())
        .compose(ticker -> pages(
            new RestClient.Request(
                base + "/v2/aggs/ticker/" + ticker + "/range/1/" + query.unit().wireName() + "/"
                    + query.fromMillis() + "/" + query.toMillis()
                    + "?adjusted=false&sort=asc&limit="
                    + PAGE_LIMIT,
                "aggregates",
                symbol,
                query.unit().wireName() + "/1",
                errand),
            rows,
            1))
        .map(askedAtMillis -> new History(rows.block(), askedAtMillis));
  }

  Future<List<Listing>> search(String query, int limit) {
    ListingRows rows = new ListingRows(meters);
    String url =
        base + "/v3/reference/tickers?market=stocks&active=true&sort=ticker&order=asc&limit="
            + SEARCHED + "&search=" + encode(query);
    return client
        .get(
            request(url, "search", ProviderText.forLog(query), Priority.CHART),
            new ResultsReader(rows))
        .map(answer -> rows.listings().stream()
            .sorted(Comparator.comparingInt(listing -> distance(listing, query)))
            .limit(limit)
            .toList());
  }

  Future<Listing> listing(Instrument instrument) {
    ListingRows rows = new ListingRows(meters);
    return path(instrument)
        .compose(ticker -> client.get(
            request(
                base + "/v3/reference/tickers/" + ticker,
                "ticker",
                instrument.symbol(),
                Priority.CHART),
            new ResultsReader(rows)))
        .compose(answer -> rows.listings().isEmpty()
            ? unreadable()
            : Future.succeededFuture(rows.listings().get(0)));
  }

  Future<List<Split>> splits(Instrument instrument) {
    SplitRows rows = new SplitRows(meters);
    String url = base + "/v3/reference/splits?order=asc&sort=execution_date&limit=1000&ticker="
        + encode(instrument.symbol());
    return pages(request(url, "splits", instrument.symbol(), Priority.CHART), rows, 1)
        .map(askedAtMillis -> rows.oldestFirst());
  }

  Future<MarketStatus> marketStatus() {
    MarketStatusReader reader = new MarketStatusReader();
    return client
        .get(
            request(base + "/v1/marketstatus/now", "market-status", "market", Priority.WARM),
            reader)
        .compose(askedAtMillis -> reader.isTelling()
            ? Future.succeededFuture(reader.marketStatus(askedAtMillis))
            : unreadable());
  }

  Future<Void> close() {
    return client.close();
  }

  private static <T> Future<T> unreadable() {
    return Future.failedFuture(
        Failure.PROVIDER_ERROR.because("the provider's answer was unreadable"));
  }

  private static RestClient.Request request(
      String url, String endpoint, String subject, Priority priority) {
    return new RestClient.Request(url, endpoint, subject, "none", new Errand(priority));
  }

  /** Asks for all pages from one on; completes with the market time at which that one was asked for. */
  private Future<Long> pages(RestClient.Request request, Rows rows, int page) {
    ResultsReader reader = new ResultsReader(rows);
    return client.get(request, reader).compose(askedAtMillis -> {
      Optional<String> next = reader.nextUrl();
      if (next.isEmpty()) {
        return Future.succeededFuture(askedAtMillis);
      }
      if (page == MAX_PAGES || next.get().equals(request.url()) || !isOurs(next.get())) {
        LOG.warn(
            "next page not followed [endpoint: {}, subject: {}, page: {}, next: {}]",
            request.endpoint(),
            request.subject(),
            page,
            ProviderText.forLog(next.get()));
        return Future.failedFuture(
            Failure.PROVIDER_ERROR.because("the provider's pages have no end"));
      }
      return pages(request.at(next.get()), rows, page + 1).map(later -> askedAtMillis);
    });
  }

  /** The key goes to the configured host only, whatever the provider answers. */
  private boolean isOurs(String url) {
    try {
      URI next = new URI(url);
      return origin.getScheme().equals(next.getScheme())
          && origin.getHost().equalsIgnoreCase(next.getHost())
          && origin.getPort() == next.getPort()
          && next.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
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

  /** Returns the symbol as a path segment; a segment of dots would name another path. */
  private static Future<String> path(Instrument instrument) {
    return instrument.symbol().chars().allMatch(c -> c == '.')
        ? Future.failedFuture(Failure.UNKNOWN_INSTRUMENT.because("no such instrument"))
        : Future.succeededFuture(encode(instrument.symbol()).replace("%3A", ":"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
