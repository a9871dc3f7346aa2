package io.candlehub.ingest.provider;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.RequestBudget;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends requests within the account's budget and turns every outcome but a good answer into the common failure
 * vocabulary. A request whose connection breaks before anything of the answer arrives is sent once more, in its turn:
 * no request does harm when it is sent twice. What the provider says goes into the log, never to a client; the key goes into neither.
 * Confined to one event loop.
 */
public final class RestClient {
  private static final String NOT_FOUND = "not-found";
  private static final String KEY_REFUSED = "key-refused";
  private static final String KEY_REFUSED_MESSAGE =
      "the provider refuses this program's credentials";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClientAgent client;
  private final Account account;
  private final ProviderContext context;
  private final RequestBudget budget;
  private final Throttle throttle;
  private final RestLog log;
  private boolean closed;

  /**
   * The account on whose behalf requests are sent. Its text form hides the key.
   *
   * @param setting the name of the setting that holds the key, for logs
   * @param key sent as bearer token
   * @param timeout longest time from sending a request to the end of its answer
   * @param limits what the account allows
   * @param told reads from an answer how long to be silent, where the provider has its own way of telling; asked only
   *     when an answer asks for fewer requests and has no usual header
   */
  public record Account(
      String setting,
      String key,
      Duration timeout,
      RequestBudget.Limits limits,
      Function<HttpClientResponse, Optional<Duration>> told) {
    @Override
    public String toString() {
      return "Account[setting=" + setting + ", timeout=" + timeout + ", limits=" + limits + "]";
    }
  }

  /**
   * A question.
   *
   * @param url the whole address
   * @param endpoint a word for its kind, for logs and counters
   * @param subject the symbol or text it is about, for logs
   * @param timeframe unit and multiplier of the bars asked for, for logs; {@code none} if it is not about bars
   * @param errand on whose behalf
   */
  public record Request(
      String url, String endpoint, String subject, String timeframe, Errand errand) {
    /** Returns the same question with another address. */
    public Request at(String newUrl) {
      return new Request(newUrl, endpoint, subject, timeframe, errand);
    }
  }

  /** Creates a client that connects when it is asked for something. */
  public RestClient(Account account, ProviderContext context) {
    this.account = account;
    this.context = context;
    this.client = context
        .vertx()
        .createHttpClient(
            new HttpClientOptions().setDecompressionSupported(true).setKeepAliveTimeout(30),
            new PoolOptions().setHttp1MaxSize(account.limits().concurrent()));
    this.budget = new RequestBudget(account.limits(), context.scheduler(), context.nanoClock());
    this.throttle = new Throttle(budget, context, account.told());
    this.log = new RestLog(account.setting(), context.nanoClock());
  }

  /**
   * Asks when it is the request's turn.
   *
   * @param reader takes the body while it arrives
   * @return market time at which the request was sent, once the whole answer is read and good
   */
  public Future<Long> get(Request request, AnswerReader reader) {
    return ask(new Call(request, HttpMethod.GET, HttpClientRequest::send), reader);
  }

  /**
   * Asks with a form in the body, which may be empty, as {@link #get} does.
   *
   * @param form pairs of names and encoded values
   */
  public Future<Long> post(Request request, String form, AnswerReader reader) {
    return ask(
        new Call(
            request,
            HttpMethod.POST,
            sent -> sent.putHeader(HttpHeaders.CONTENT_TYPE, FORM).send(Buffer.buffer(form))),
        reader);
  }

  private Future<Long> ask(Call call, AnswerReader reader) {
    return attempt(call, reader)
        .compose(
            outcome -> outcome.broken() ? attempt(call, reader) : Future.succeededFuture(outcome))
        .compose(outcome -> outcome.failure().isPresent()
            ? Future.failedFuture(outcome.failure().get())
            : Future.succeededFuture(outcome.askedAtMillis()));
  }

  /** Returns true if a question failed because the provider does not know the key (status 401). */
  public static boolean isKeyRefused(FailureException failure) {
    return failure.code() == Failure.PROVIDER_ERROR
        && KEY_REFUSED_MESSAGE.equals(failure.getMessage());
  }

  /** Ends what is under way; requests that wait or come later fail. */
  public Future<Void> close() {
    closed = true;
    return client.close();
  }

  private Future<Outcome> attempt(Call call, AnswerReader reader) {
    return budget.run(call.request().errand(), () -> send(call, reader));
  }

  private Future<Outcome> send(Call call, AnswerReader reader) {
    Request request = call.request();
    long askedAtMillis = context.marketClock().millis();
    if (closed) {
      return Future.succeededFuture(
          new Outcome(Optional.of(closedFailure()), askedAtMillis, false));
    }
    long startNanos = context.nanoClock().getAsLong();
    RestExchange exchange =
        new RestExchange(reader, context.scheduler(), account.timeout(), call.sending());
    RequestOptions options = new RequestOptions()
        .setMethod(call.method())
        .setAbsoluteURI(request.url())
        .setConnectTimeout(account.timeout().toMillis())
        .putHeader(HttpHeaders.ACCEPT, "application/json")
        .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + account.key());
    request.errand().sentAt(askedAtMillis);
    request.errand().carriedBy(exchange);
    return exchange.run(client.request(options)).transform(outcome -> {
      request.errand().putDown();
      Verdict verdict = outcome.succeeded()
          ? judge(request, outcome.result(), reader, startNanos)
          : failed(request, exchange, outcome.cause());
      context
          .meters()
          .request(
              request.endpoint(), verdict.word(), context.nanoClock().getAsLong() - startNanos);
      return Future.succeededFuture(new Outcome(
          verdict.failure(), askedAtMillis, outcome.failed() && exchange.isBroken() && !closed));
    });
  }

  private static FailureException closedFailure() {
    return Failure.UNAVAILABLE.because("the node is stopping");
  }

  private Verdict failed(Request request, RestExchange exchange, Throwable cause) {
    if (request.errand().isDropped()) {
      return new Verdict("cancelled", Errand.droppedFailure());
    }
    if (closed) {
      return new Verdict("cancelled", closedFailure());
    }
    Verdict verdict = unanswered(exchange);
    log.failed(request, verdict.word(), "reason: " + ProviderText.forLog(cause.toString()));
    return verdict;
  }

  private static Verdict unanswered(RestExchange exchange) {
    if (exchange.isTimedOut()) {
      return new Verdict("timeout", Failure.PROVIDER_ERROR.because("the provider did not answer"));
    }
    return new Verdict(
        exchange.isBroken() ? "broken" : "error",
        Failure.PROVIDER_ERROR.because("the provider is not reachable"));
  }

  private Verdict judge(
      Request request, HttpClientResponse response, AnswerReader reader, long sentNanos) {
    if (Throttle.isMeant(response)) {
      return new Verdict("throttled", throttle.take(request, response));
    }
    budget.answered(sentNanos);
    Verdict verdict = judge(response.statusCode(), reader);
    if (verdict.failure().isEmpty() || verdict.word().equals(NOT_FOUND)) {
      log.answered(request.endpoint());
    } else if (verdict.word().equals(KEY_REFUSED)) {
      log.keyRefused(request);
    } else {
      log.failed(
          request,
          verdict.word(),
          "status: " + response.statusCode() + ", says: " + ProviderText.forLog(reader.problem()));
    }
    return verdict;
  }

  /**
   * A wrong key (401) is an error of every question, what the plan lacks (403) the answer to one. The body's own status
   * may say what the HTTP status does not; {@code DELAYED} is a success.
   */
  private static Verdict judge(int httpStatus, AnswerReader reader) {
    boolean good = httpStatus >= 200 && httpStatus < 300;
    if (httpStatus == 401) {
      return new Verdict(KEY_REFUSED, Failure.PROVIDER_ERROR.because(KEY_REFUSED_MESSAGE));
    }
    if (httpStatus == 403 || saysNotAuthorized(good, reader)) {
      return new Verdict(
          "not-entitled",
          Failure.NOT_ENTITLED.because("the provider's plan does not include this"));
    }
    boolean notFound = good ? reader.status().equals("NOT_FOUND") : httpStatus == 404;
    if (notFound && reader.isWellFormed()) {
      return new Verdict(NOT_FOUND, Failure.UNKNOWN_INSTRUMENT.because("no such instrument"));
    }
    if (!good) {
      return new Verdict("error", Failure.PROVIDER_ERROR.because("the provider reported an error"));
    }
    if (!reader.isWellFormed()) {
      return new Verdict(
          "malformed", Failure.PROVIDER_ERROR.because("the provider's answer was unreadable"));
    }
    return reader.status().equals("ERROR")
        ? new Verdict("error", Failure.PROVIDER_ERROR.because("the provider reported an error"))
        : new Verdict("ok", Optional.empty());
  }

  private static boolean saysNotAuthorized(boolean good, AnswerReader reader) {
    return good && reader.status().equals("NOT_AUTHORIZED");
  }

  private record Verdict(String word, Optional<FailureException> failure) {
    Verdict(String word, FailureException failure) {
      this(word, Optional.of(failure));
    }
  }

  private record Call(
      Request request,
      HttpMethod method,
      Function<HttpClientRequest, Future<HttpClientResponse>> sending) {}

  private record Outcome(Optional<FailureException> failure, long askedAtMillis, boolean broken) {}
}
