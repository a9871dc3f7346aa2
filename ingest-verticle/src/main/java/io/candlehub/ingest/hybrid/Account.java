package io.candlehub.ingest.hybrid;

import io.candlehub.bus.FailureException;
import io.candlehub.ingest.AccountState;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.FeedSink;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(Account.class);
  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.95;

  /**
   * Opens an account, whose counters and health are its own.
   *
   * @param sink where its feed goes
   */
  static Account open(ProviderConfig config, ProviderContext context, FeedSink sink) {
    FeedMeters meters = context.meters().ofAccount(config.id());
    ProviderHealth health = new ProviderHealth(config.id(), context.nanoClock());
    meters.health(health::isHealthy);
    MarketDataProvider provider = config.open(context.with(sink, meters));
    return new Account(config.id(), provider, provider.capabilities(), health, meters);
  }

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

  /** Takes note that the quotes that it streams of a market are trusted no more, or again. */
  void judged(String market, boolean distrusted) {
    if (distrusted) {
      meters.quotesDistrusted(market);
      LOG.warn("streamed quotes are not to be trusted [provider: {}, market: {}]", id, market);
    } else {
      LOG.info("streamed quotes are trusted again [provider: {}, market: {}]", id, market);
    }
  }

  /**
   * Returns how it does.
   *
   * @param streams what its connections do, by market
   */
  AccountState state(Map<String, String> streams) {
    return new AccountState(
        id,
        health.isHealthy(),
        health.errorsInARow(),
        health.lastError().map(Enum::name).orElse(""),
        health.lastErrorMillisAgo(),
        health.busyMillis(),
        health.times().millisOf(HALF),
        health.times().millisOf(NEARLY_ALL),
        streams);
  }
}
