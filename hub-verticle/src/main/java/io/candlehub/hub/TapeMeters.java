package io.candlehub.hub;

import io.candlehub.hub.tape.FlowAlert;
import io.candlehub.hub.tape.FlowWatch;
import io.candlehub.hub.tape.SidedTrade;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts trades, quotes and unusual flow. Safe to use from any thread. */
final class TapeMeters {
  private static final String TRADES = "candlehub.hub.tape.trades";
  private static final String RESULT = "result";

  private final MeterRegistry registry;
  private final Counter sided;
  private final Counter unsided;
  private final Counter repeated;
  private final Counter lateQuotes;
  private final Map<FlowAlert.Kind, Counter> flow = new EnumMap<>(FlowAlert.Kind.class);

  TapeMeters(MeterRegistry registry) {
    this.registry = registry;
    sided = registry.counter(TRADES, RESULT, "sided");
    unsided = registry.counter(TRADES, RESULT, "unsided");
    repeated = registry.counter(TRADES, RESULT, "repeated");
    lateQuotes = registry.counter("candlehub.hub.tape.late.quotes");
    for (FlowAlert.Kind kind : FlowAlert.Kind.values()) {
      flow.put(kind, registry.counter("candlehub.hub.flow", "kind", kind.wireName()));
    }
  }

  /** Counts a trade by what its tape made of it; empty if it was held already. */
  void trade(Optional<SidedTrade> taken) {
    Counter counter = taken.isEmpty() ? repeated : taken.get().confidence() > 0 ? sided : unsided;
    counter.increment();
  }

  /** Counts a quote that came after one with a later stamp. */
  void lateQuote() {
    lateQuotes.increment();
  }

  /** Tells of how many trades a watch did not know the contract's terms. */
  void unjudged(FlowWatch watch) {
    registry
        .more()
        .counter("candlehub.hub.flow.unjudged", List.of(), watch, FlowWatch::withoutTerms);
  }

  /** Counts an unusual event when it is told first. */
  void flow(FlowAlert.Kind kind) {
    flow.get(kind).increment();
  }
}
