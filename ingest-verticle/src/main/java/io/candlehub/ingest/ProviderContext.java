package io.candlehub.ingest;

import io.candlehub.model.Alert;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What a provider gets from its surroundings.
 *
 * @param vertx for sockets; callbacks arrive on the context of the caller
 * @param marketClock the market's time
 * @param wallClock wall time
 * @param nanoClock elapsed wall time in nanoseconds
 * @param scheduler runs tasks on the event loop that owns the provider
 * @param random jitter, uniform in [0, 1)
 * @param sink where feed events go
 * @param alerts takes what operators and clients should know and the feed's states do not tell, once per occurrence
 * @param meters counters of this provider
 */
public record ProviderContext(
    Vertx vertx,
    MarketClock marketClock,
    InstantSource wallClock,
    LongSupplier nanoClock,
    Scheduler scheduler,
    DoubleSupplier random,
    FeedSink sink,
    Consumer<Alert> alerts,
    FeedMeters meters) {
  /** Checks presence. */
  public ProviderContext {
    Objects.requireNonNull(vertx, "vertx");
    Objects.requireNonNull(marketClock, "marketClock");
    Objects.requireNonNull(wallClock, "wallClock");
    Objects.requireNonNull(nanoClock, "nanoClock");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(sink, "sink");
    Objects.requireNonNull(alerts, "alerts");
    Objects.requireNonNull(meters, "meters");
  }

  /** Returns the same surroundings with another sink. */
  public ProviderContext withSink(FeedSink other) {
    return with(other, meters);
  }

  /** Returns the same surroundings with another sink and other counters. */
  public ProviderContext with(FeedSink other, FeedMeters counters) {
    return new ProviderContext(
        vertx, marketClock, wallClock, nanoClock, scheduler, random, other, alerts, counters);
  }
}
