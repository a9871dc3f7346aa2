package io.candlehub.hub.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/**
 * Counts where bars of the past came from, as {@code candlehub.hub.history.requests} by origin.
 *
 * @param ring reads answered from memory
 * @param store reads with a part from the store
 * @param provider questions to the provider
 */
public record HistoryMeters(Counter ring, Counter store, Counter provider) {
  /** Checks presence. */
  public HistoryMeters {
    Objects.requireNonNull(ring, "ring");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(provider, "provider");
  }

  /** Registers the counters. */
  public static HistoryMeters in(MeterRegistry registry) {
    return new HistoryMeters(
        counter(registry, "ring"), counter(registry, "store"), counter(registry, "provider"));
  }

  private static Counter counter(MeterRegistry registry, String origin) {
    return Counter.builder("candlehub.hub.history.requests")
        .description("History reads by where they were answered")
        .tag("origin", origin)
        .register(registry);
  }
}
