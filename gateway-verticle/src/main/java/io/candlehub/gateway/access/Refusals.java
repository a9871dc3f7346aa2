package io.candlehub.gateway.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Objects;

/** Counts what was refused, by the rule that refused it. Safe on any thread. */
public final class Refusals {
  private final MeterRegistry registry;

  /** Creates it; the counters are registered as rules come into play. */
  public Refusals(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /** Counts one refusal by a rule, for example {@code slow-body}. */
  public void count(String rule) {
    Counter.builder("candlehub.gateway.refused")
        .tag("reason", rule)
        .description("Requests and messages refused by a rule")
        .register(registry)
        .increment();
  }

  /** Returns a constant's name as the name of a rule, for example {@code token-expired}. */
  public static String rule(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
