package io.candlehub.ingest;

import io.candlehub.ingest.FeedMeters.Question;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps what the provider says about the market for half a minute of wall time, so that many hubs ask once. Failures are
 * not kept. Confined to one event loop.
 */
final class MarketStatusCache {
  private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

  private final Supplier<Future<MarketStatus>> provider;
  private final LongSupplier nanoClock;
  private final FeedMeters meters;
  private final SingleFlight<Question, MarketStatus> flight;
  private Optional<MarketStatus> kept = Optional.empty();
  private long keptSinceNanos;

  /** Creates an empty cache. */
  MarketStatusCache(
      Supplier<Future<MarketStatus>> provider, LongSupplier nanoClock, FeedMeters meters) {
    this.provider = provider;
    this.nanoClock = nanoClock;
    this.meters = meters;
    this.flight = new SingleFlight<>(Question.MARKET_STATUS, meters);
  }

  /** Returns the last word if it is young enough, else asks for a new one. */
  Future<MarketStatus> ask() {
    if (kept.isPresent() && nanoClock.getAsLong() - keptSinceNanos < KEPT_NANOS) {
      meters.question(Question.MARKET_STATUS, true);
      return Future.succeededFuture(kept.get());
    }
    return flight.run(Question.MARKET_STATUS, () -> provider.get().onSuccess(this::keep));
  }

  private void keep(MarketStatus status) {
    kept = Optional.of(status);
    keptSinceNanos = nanoClock.getAsLong();
  }
}
