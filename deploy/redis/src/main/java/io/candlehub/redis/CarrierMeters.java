package io.candlehub.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Counts what the carrier does (docs/metrics.md). Safe to use from any thread. */
final class CarrierMeters {
  private static final String PREFIX = "candlehub.carrier.";

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
    published = counter("published", "Messages that Redis took");
    received = counter("received", "Messages received from Redis");
    reconnects = counter("reconnects", "Connections after the first");
    replaced = dropped("replaced");
    overflowed = dropped("overflow");
    refused = dropped("refused");
    malformed = dropped("malformed");
  }

  private Counter dropped(String reason) {
    return counter("dropped", "Messages not carried", "reason", reason);
  }

  /** Adds the levels, read when somebody asks. */
  void levels(Supplier<Number> connected, Supplier<Number> waiting, Supplier<Number> channels) {
    gauge("connected", "1 while messages get through in both directions", connected);
    gauge("waiting", "Messages that wait for room or for Redis' answer", waiting);
    gauge("channels", "Channels this node listens to", channels);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> level) {
    Gauge.builder(PREFIX + name, level).description(description).register(registry);
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
