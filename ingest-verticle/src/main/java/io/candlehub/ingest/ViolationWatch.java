package io.candlehub.ingest;

import io.candlehub.model.Alert;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Raises an alert when a provider sends much that is no bar, quote or trade: once per burst. Confined to one event
 * loop.
 */
final class ViolationWatch {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final long BURST = 20;

  private final String provider;
  private final LongSupplier violations;
  private final MarketClock marketClock;
  private final Scheduler scheduler;
  private final Consumer<Alert> alerts;
  private Scheduler.Cancellable next = () -> {};
  private long seen;
  private long seenAtMillis;
  private boolean bursting;

  /**
   * Creates a watch.
   *
   * @param violations how many inputs were rejected so far
   */
  ViolationWatch(
      String provider,
      LongSupplier violations,
      MarketClock marketClock,
      Scheduler scheduler,
      Consumer<Alert> alerts) {
    this.provider = provider;
    this.violations = violations;
    this.marketClock = marketClock;
    this.scheduler = scheduler;
    this.alerts = alerts;
  }

  /** Begins to look every ten seconds. */
  void start() {
    seen = violations.getAsLong();
    seenAtMillis = marketClock.millis();
    next = scheduler.after(PERIOD, this::look);
  }

  void stop() {
    next.cancel();
  }

  private void look() {
    long fresh = violations.getAsLong() - seen;
    long now = Math.max(seenAtMillis, marketClock.millis());
    if (fresh >= BURST && !bursting) {
      alerts.accept(new Alert(
          Alert.Kind.VIOLATION_BURST,
          provider,
          fresh + " inputs of the provider were rejected within ten seconds.",
          seenAtMillis,
          now,
          now));
    }
    bursting = fresh >= BURST;
    start();
  }
}
