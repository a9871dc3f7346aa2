package io.candlehub.hub;

import io.candlehub.hub.candle.Change;
import io.candlehub.model.Bar;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The hub's counters, all named {@code candlehub.hub.*}. Safe to use from any thread. */
final class HubMeters {
  private final Map<Change.Outcome, Counter> events = new EnumMap<>(Change.Outcome.class);
  private final Counter updates;
  private final Counter finalBars;
  private final Counter revisedBars;
  private final Counter confirmations;
  private final Counter failedConfirmations;
  private final AtomicInteger series;
  private final AtomicInteger gaps;
  private final AtomicInteger pendingWrites;

  HubMeters(MeterRegistry registry) {
    for (Change.Outcome outcome : Change.Outcome.values()) {
      String name = outcome.name().toLowerCase(Locale.ROOT);
      events.put(outcome, registry.counter("candlehub.hub.events", "outcome", name));
    }
    updates = registry.counter("candlehub.hub.updates");
    finalBars = registry.counter("candlehub.hub.bars", "state", "final");
    revisedBars = registry.counter("candlehub.hub.bars", "state", "revised");
    confirmations = registry.counter("candlehub.hub.confirmations", "result", "answered");
    failedConfirmations = registry.counter("candlehub.hub.confirmations", "result", "failed");
    series = registry.gauge("candlehub.hub.series", new AtomicInteger());
    gaps = registry.gauge("candlehub.hub.gaps", new AtomicInteger());
    pendingWrites = registry.gauge("candlehub.hub.store.pending", new AtomicInteger());
  }

  /** Tells how many series are demanded, how many gaps they have and how many bars wait to be written. */
  void levels(int seriesNow, int gapsNow, int pendingNow) {
    series.set(seriesNow);
    gaps.set(gapsNow);
    pendingWrites.set(pendingNow);
  }

  /** Counts a streamed bar by what became of it. */
  void event(Change.Outcome outcome) {
    events.get(outcome).increment();
  }

  /** Counts the bars a change settled. */
  void settled(Change change) {
    for (Bar bar : change.settled()) {
      (bar.revision() > 0 ? revisedBars : finalBars).increment();
    }
  }

  /** Counts a published update. */
  void update() {
    updates.increment();
  }

  /** Counts an answered question of the history for a series. */
  void confirmed() {
    confirmations.increment();
  }

  /** Counts a failed question of the history for a series. */
  void confirmationFailed() {
    failedConfirmations.increment();
  }
}
