package io.candlehub.ingest.hybrid;

import io.candlehub.bus.FailureException;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.MarketDataProvider;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * One of the accounts.
 *
 * @param id the provider's id
 * @param provider what is asked
 * @param capabilities what it has
 * @param health how well it answers
 * @param meters its counters
 */
record Account(
    String id,
    MarketDataProvider provider,
    Capabilities capabilities,
    ProviderHealth health,
    FeedMeters meters) {
  /** Asks, and notes how well it answers. Every failure is a {@link FailureException}. */
  <T> Future<T> ask(Function<MarketDataProvider, Future<T>> question) {
    ProviderHealth.Attempt attempt = health.asked();
    return Future.succeededFuture(provider)
        .compose(question)
        .onSuccess(answer -> attempt.answered())
        .recover(cause -> {
          FailureException failure = FailureException.of(cause);
          attempt.failed(failure);
          return Future.failedFuture(failure);
        });
  }
}
