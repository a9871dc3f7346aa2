package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.Backoff;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.RequestBudget;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests within the account's budget and turns every outcome but a good answer into the common failure
 * vocabulary. What the provider says goes into the log, never to a client; the key goes into neither. Confined to one
 * event loop.
 */
final class RestClient {
  private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);
  private static final String NOT_FOUND = "not-found";
  private static final int QUEUED = 256;
  private static final Duration FIRST_COOL_DOWN = Duration.ofSeconds(12);
  private static final Duration LONGEST_COOL_DOWN = Duration.ofSeconds(40);

  private final HttpClientAgent client;
  private final String apiKey;
  private final Duration timeout;
  private final ProviderContext context;
  private final RequestBudget budget;
  private final Backoff coolDowns;

  /**
   * A question.
   *
   * @param url the whole address
   * @param endpoint a word for its kind, for logs and counters
   * @param subject the symbol or text it is about, for logs
   * @param priority its place in the queue
   */
  record Request(String url, String endpoint, String subject, Priority priority) {}

  /**
   * A good answer, its rows already delivered.
   *
   * @param envelope what stood around the rows
   * @param askedAtMillis market time at which the request was sent
   */
  record Answer(ResultsReader envelope, long askedAtMillis) {}

  RestClient(MassiveConfig config, ProviderContext context) {
    this.apiKey = config.apiKey();
    this.timeout = config.requestTimeout();
    this.context = context;
    this.client = context
        .vertx()
        .createHttpClient(
            new HttpClientOptions().setDecompressionSupported(true).setKeepAliveTimeout(30),
            new PoolOptions().setHttp1MaxSize(config.concurrentRequests()));
    this.budget = new RequestBudget(
        new RequestBudget.Limits(
            config.requestsPerMinute(), config.concurrentRequests(), QUEUED, timeout),
        context.scheduler(),
        context.nanoClock());
    this.coolDowns = new Backoff(FIRST_COOL_DOWN, LONGEST_COOL_DOWN, context.random());
  }

  /** Asks when it is the request's turn; the rows go to {@code rows} while the answer arrives. */
  Future<Answer> get(Request request, Rows rows) {
    return budget.run(request.priority(), () -> send(request, rows));
  }

  Future<Void> close() {
    return client.close();
  }

  private Future<Answer> send(Request request, Rows rows) {
    long askedAtMillis = context.marketClock().millis();
    long startNanos = context.nanoClock().getAsLong();
    ResultsReader reader = new ResultsReader(rows);
    RestExchange exchange = new RestExchange(reader, context.scheduler(), timeout);
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setAbsoluteURI(request.url())
        .setConnectTimeout(timeout.toMillis())
        .putHeader(HttpHeaders.ACCEPT, "application/json")
        .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + apiKey);
    return exchange.run(client.request(options)).transform(outcome -> {
      Outcome judged = outcome.succeeded()
          ? judge(request, outcome.result(), reader)
          : broken(request, exchange, outcome.cause());
      context
          .meters()
          .request(request.endpoint(), judged.word(), context.nanoClock().getAsLong() - startNanos);
      return judged.failure().isPresent()
          ? Future.failedFuture(judged.failure().get())
          : Future.succeededFuture(new Answer(reader, askedAtMillis));
    });
  }

  private Outcome broken(Request request, RestExchange exchange, Throwable cause) {
    LOG.warn(
        "request failed [endpoint: {}, subject: {}, reason: {}]",
        request.endpoint(),
        request.subject(),
        ProviderText.forLog(cause.toString()));
    return exchange.isTimedOut()
        ? new Outcome("timeout", Failure.PROVIDER_ERROR.because("the provider did not answer"))
        : new Outcome("error", Failure.PROVIDER_ERROR.because("the provider is not reachable"));
  }

  private Outcome judge(Request request, HttpClientResponse response, ResultsReader reader) {
    Outcome outcome = judge(response.statusCode(), reader);
    if (response.statusCode() == 429) {
      return throttled(request, response);
    }
    if (response.statusCode() < 300) {
      coolDowns.reset();
    }
    if (outcome.failure().isPresent() && !outcome.word().equals(NOT_FOUND)) {
      LOG.warn(
          "request refused [endpoint: {}, subject: {}, status: {}, says: {}]",
          request.endpoint(),
          request.subject(),
          response.statusCode(),
          ProviderText.forLog(reader.problem()));
    }
    return outcome;
  }

  /** The body's own status may say what the HTTP status does not; {@code DELAYED} is a success. */
  private static Outcome judge(int httpStatus, ResultsReader reader) {
    boolean good = httpStatus >= 200 && httpStatus < 300;
    if (httpStatus == 401 || httpStatus == 403 || saysNotAuthorized(good, reader)) {
      return new Outcome(
          "not-entitled",
          Failure.NOT_ENTITLED.because("the provider's plan does not include this"));
    }
    boolean notFound = good ? reader.status().equals("NOT_FOUND") : httpStatus == 404;
    if (notFound && reader.isWellFormed()) {
      return new Outcome(NOT_FOUND, Failure.UNKNOWN_INSTRUMENT.because("no such instrument"));
    }
    if (!good) {
      return new Outcome("error", Failure.PROVIDER_ERROR.because("the provider reported an error"));
    }
    if (!reader.isWellFormed()) {
      return new Outcome(
          "malformed", Failure.PROVIDER_ERROR.because("the provider's answer was unreadable"));
    }
    return reader.status().equals("ERROR")
        ? new Outcome("error", Failure.PROVIDER_ERROR.because("the provider reported an error"))
        : new Outcome("ok", Optional.empty());
  }

  private static boolean saysNotAuthorized(boolean good, ResultsReader reader) {
    return good && reader.status().equals("NOT_AUTHORIZED");
  }

  private Outcome throttled(Request request, HttpClientResponse response) {
    String header =
        Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)).orElse("");
    String date = Optional.ofNullable(response.getHeader(HttpHeaders.DATE)).orElse("");
    Duration wait =
        RetryAfter.parse(header, date, context.wallClock().instant()).orElseGet(coolDowns::next);
    budget.coolDown(wait);
    long leftMillis = budget.coolDownLeft().toMillis();
    LOG.warn(
        "provider throttles [endpoint: {}, subject: {}, retryAfter: {}, coolDownMillis: {}]",
        request.endpoint(),
        request.subject(),
        header.isEmpty() ? "none" : ProviderText.forLog(header),
        leftMillis);
    return new Outcome(
        "throttled",
        Failure.RATE_LIMITED.because("the provider asked us to slow down", leftMillis));
  }

  private record Outcome(String word, Optional<FailureException> failure) {
    Outcome(String word, FailureException failure) {
      this(word, Optional.of(failure));
    }
  }
}
