package io.candlehub.ingest.provider;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.Backoff;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.RequestBudget;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Obeys a provider that asks for fewer requests: as long as it says, else for a while that grows with each repetition
 * within a minute. Answers that were already under way when the silence began belong to the same occurrence: they may
 * lengthen the silence and are not reported again. Confined to one event loop.
 */
final class Throttle {
  private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final Duration FIRST_COOL_DOWN = Duration.ofSeconds(12);
  private static final Duration LONGEST_COOL_DOWN = Duration.ofSeconds(40);
  private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

  private final RequestBudget budget;
  private final ProviderContext context;
  private final Function<HttpClientResponse, Optional<Duration>> told;
  private final Backoff coolDowns;
  private long lastEndNanos;

  /**
   * Creates a throttle that was never needed.
   *
   * @param told reads from an answer how long to be silent, where the provider has its own way of telling
   */
  Throttle(
      RequestBudget budget,
      ProviderContext context,
      Function<HttpClientResponse, Optional<Duration>> told) {
    this.budget = budget;
    this.context = context;
    this.told = told;
    this.coolDowns = new Backoff(FIRST_COOL_DOWN, LONGEST_COOL_DOWN, context.random());
  }

  /** Returns true if an answer asks for fewer requests: 429, or 503 with a time (RFC 9110, section 10.2.3). */
  static boolean isMeant(HttpClientResponse response) {
    return response.statusCode() == TOO_MANY_REQUESTS
        || (response.statusCode() == SERVICE_UNAVAILABLE
            && response.getHeader(HttpHeaders.RETRY_AFTER) != null);
  }

  /** Takes such an answer and returns what the asker is told. */
  FailureException take(RestClient.Request request, HttpClientResponse response) {
    String header =
        Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)).orElse("");
    String date = Optional.ofNullable(response.getHeader(HttpHeaders.DATE)).orElse("");
    Optional<Duration> asked = RetryAfter.parse(
            header, date, context.wallClock().instant())
        .or(() -> told.apply(response));
    if (budget.coolDownLeft().isZero()) {
      begin(request, header, asked.orElseGet(this::grown));
    } else {
      asked.ifPresent(budget::coolDown);
    }
    Duration left = budget.coolDownLeft();
    lastEndNanos = context.nanoClock().getAsLong() + left.toNanos();
    return Failure.RATE_LIMITED.because("the provider asked us to slow down", left.toMillis());
  }

  private Duration grown() {
    if (context.nanoClock().getAsLong() - lastEndNanos > CALM_NANOS) {
      coolDowns.reset();
    }
    return coolDowns.next();
  }

  private void begin(RestClient.Request request, String header, Duration wait) {
    budget.coolDown(wait);
    LOG.warn(
        "provider throttles [endpoint: {}, symbol: {}, timeframe: {}, retryAfter: {},"
            + " coolDownMillis: {}]",
        request.endpoint(),
        request.subject(),
        request.timeframe(),
        header.isEmpty() ? "none" : ProviderText.forLog(header),
        wait.toMillis());
    context.meters().throttle();
  }
}
