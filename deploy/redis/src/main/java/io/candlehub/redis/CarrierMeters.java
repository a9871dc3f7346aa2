package io.candlehub.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Counts what the carrier does (docs/metrics.md). Safe to use from any thread. */
final class CarrierMeters {
  private final MeterRegistry registry;
  private final Counter published;
  private final Counter received;
  private final Counter reconnects;
  private final Counter replaced;
  private final Counter overflowed;
  private final Counter refused;
  private final Counter malformed;

  CarrierMeters(MeterRegistry registry) {
    this.registry = registry;
    published = registry.counter("candlehub.carrier.published");
    received = registry.counter("candlehub.carrier.received");
    reconnects = registry.counter("candlehub.carrier.reconnects");
    replaced = dropped("replaced");
    overflowed = dropped("overflow");
    refused = dropped("refused");
    malformed = dropped("malformed");
  }

  private Counter dropped(String reason) {
    return registry.counter("candlehub.carrier.dropped", "reason", reason);
  }

  /** Adds the levels, read when somebody asks. */
  void levels(Supplier<Number> connected, Supplier<Number> waiting, Supplier<Number> channels) {
    Gauge.builder("candlehub.carrier.connected", connected).register(registry);
    Gauge.builder("candlehub.carrier.waiting", waiting).register(registry);
    Gauge.builder("candlehub.carrier.channels", channels).register(registry);
  }

  void published(int messages) {
    published.increment(messages);
  }

  void received() {
    received.increment();
  }

  void reconnected() {
    reconnects.increment();
  }

  void replaced(long messages) {
    replaced.increment((double) messages);
  }

  void overflowed(long messages) {
    overflowed.increment((double) messages);
  }

  void refused(int messages) {
    refused.increment(messages);
  }

  void malformed() {
    malformed.increment();
  }
}
