package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.RequestBudget;
import io.candlehub.ingest.provider.AnswerReader;
import io.candlehub.ingest.provider.RestClient;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The REST interface: addresses, the account's budget, streaming sessions. Confined to one event loop. */
final class TradierRest {
  private static final int QUEUED = 256;
  private static final String SESSION_ID = "sessionid";

  private final String base;
  private final ProviderContext context;
  private final RestClient client;

  TradierRest(TradierConfig config, ProviderContext context) {
    this.base = config.baseUrl().toString();
    this.context = context;
    this.client = new RestClient(
        new RestClient.Account(
            TradierConfig.ACCESS_TOKEN.key(),
            config.accessToken(),
            config.requestTimeout(),
            new RequestBudget.Limits(
                config.requestsPerMinute(),
                0,
                config.concurrentRequests(),
                QUEUED,
                config.requestTimeout()),
            answer -> RateLimitHeaders.silence(answer, context.wallClock().instant())),
        context);
  }

  /** Returns a question that is not about bars, on an errand of its own. */
  RestClient.Request request(String path, String endpoint, String subject, Priority priority) {
    return request(path, endpoint, subject, new Errand(priority));
  }

  /** Returns a question that is not about bars. */
  RestClient.Request request(String path, String endpoint, String subject, Errand errand) {
    return new RestClient.Request(base + path, endpoint, subject, "none", errand);
  }

  /** Returns a question for bars. */
  RestClient.Request request(String path, String endpoint, String subject, Bars bars) {
    return new RestClient.Request(base + path, endpoint, subject, bars.timeframe(), bars.errand());
  }

  /**
   * What a question for bars is about.
   *
   * @param timeframe unit and multiplier, for logs
   * @param errand on whose behalf
   */
  record Bars(String timeframe, Errand errand) {}

  /** Asks; completes with the market time at which the question was sent. */
  Future<Long> get(RestClient.Request request, AnswerReader reader) {
    return client.get(request, reader);
  }

  /** Asks with a form, which may be longer than an address. */
  Future<Long> post(RestClient.Request request, String form, AnswerReader reader) {
    return client.post(request, form, reader);
  }

  /** Asks for a streaming session and returns its id, which is good for one connection within five minutes. */
  Future<String> session() {
    StringBuilder id = new StringBuilder();
    DocumentReader reader = new DocumentReader(
        context.meters(), Map.of("stream", row -> id.append(row.text(SESSION_ID))));
    return post(request("/markets/events/session", "session", "stream", Priority.CHART), "", reader)
        .compose(
            askedAtMillis -> id.isEmpty() ? unreadable() : Future.succeededFuture(id.toString()));
  }

  Future<Void> close() {
    return client.close();
  }

  /** Returns the failure of an answer that does not tell what it should. */
  static <T> Future<T> unreadable() {
    return Future.failedFuture(
        Failure.PROVIDER_ERROR.because("the provider's answer was unreadable"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
