package io.candlehub.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Registers the hub's meters with what they mean, which Micrometer's short forms leave out. Safe to use from any thread.
 *
 * @param registry where they are registered
 */
record DescribedMeters(MeterRegistry registry) {
  private static final String PREFIX = "candlehub.hub.";

  /** Registers a counter; tags are keys and values in turn. */
  Counter counter(String name, String description, String... tags) {
    return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  /** Registers a timer; tags are keys and values in turn. */
  Timer timer(String name, String description, String... tags) {
    return Timer.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  /** Registers a level and returns it; the caller must keep it. */
  AtomicInteger gauge(String name, String description) {
    AtomicInteger level = new AtomicInteger();
    Gauge.builder(PREFIX + name, level, AtomicInteger::get)
        .description(description)
        .register(registry);
    return level;
  }
}
