package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.RequestBudget;
import io.candlehub.ingest.provider.AnswerReader;
import io.candlehub.ingest.provider.ProviderText;
import io.candlehub.ingest.provider.RestClient;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for answers that come in pages: the provider names the next one by its address until there is none (OpenAPI
 * document, {@code next_url}). Confined to one event loop.
 */
final class RestPages {
  private static final Logger LOG = LoggerFactory.getLogger(RestPages.class);

  /** Enough for the 30,000 options on an index, 250 at a time. */
  private static final int MAX_PAGES = 400;

  private static final int QUEUED = 256;

  private final URI origin;
  private final RestClient client;

  RestPages(MassiveConfig config, ProviderContext context) {
    this.origin = config.restUrl();
    this.client = new RestClient(
        new RestClient.Account(
            MassiveConfig.API_KEY.key(),
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
  }

  /**
   * Returns a question that is not about bars, on an errand of its own.
   *
   * @param path what follows the base of the interface
   */
  RestClient.Request request(String path, String endpoint, String subject, Priority priority) {
    return request(path, endpoint, subject, new Errand(priority));
  }

  /** Returns a question that is not about bars. */
  RestClient.Request request(String path, String endpoint, String subject, Errand errand) {
    return request(path, endpoint, subject, "none", errand);
  }

  /** Returns a question; the parameters are those of {@link RestClient.Request}. */
  RestClient.Request request(
      String path, String endpoint, String subject, String timeframe, Errand errand) {
    return new RestClient.Request(origin + path, endpoint, subject, timeframe, errand);
  }

  /** Asks for one page; completes with the market time at which it was asked for. */
  Future<Long> one(RestClient.Request request, AnswerReader reader) {
    return client.get(request, reader);
  }

  /** Asks for all pages; completes with the market time at which the first was asked for. */
  Future<Long> all(RestClient.Request request, Rows rows) {
    return from(request, rows, 1);
  }

  /** Ends what is under way; questions that wait or come later fail. */
  Future<Void> close() {
    return client.close();
  }

  private Future<Long> from(RestClient.Request request, Rows rows, int page) {
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
      return from(request.at(next.get()), rows, page + 1).map(later -> askedAtMillis);
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

  /** Returns the symbol as a path segment; a segment of dots would name another path. */
  static Future<String> path(Instrument instrument) {
    return instrument.symbol().chars().allMatch(c -> c == '.')
        ? Future.failedFuture(Failure.UNKNOWN_INSTRUMENT.because("no such instrument"))
        : Future.succeededFuture(symbol(instrument.symbol()));
  }

  /** Returns a symbol as part of an address; the colon may stand there as it is. */
  static String symbol(String symbol) {
    return encode(symbol).replace("%3A", ":");
  }

  /** Returns a text as part of an address. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
