package io.candlehub.hub;

import io.candlehub.hub.tape.FlowAlert;
import io.candlehub.hub.tape.FlowWatch;
import io.candlehub.hub.tape.SidedTrade;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts trades, quotes and unusual flow. Safe to use from any thread. */
final class TapeMeters {
  private static final String TRADES = "tape.trades";
  private static final String TRADES_HELP = "Streamed trades of followed tapes";
  private static final String RESULT = "result";

  private final MeterRegistry registry;
  private final Counter sided;
  private final Counter unsided;
  private final Counter repeated;
  private final Counter lateQuotes;
  private final Map<FlowAlert.Kind, Counter> flow = new EnumMap<>(FlowAlert.Kind.class);

  TapeMeters(MeterRegistry registry) {
    this.registry = registry;
    DescribedMeters described = new DescribedMeters(registry);
    sided = described.counter(TRADES, TRADES_HELP, RESULT, "sided");
    unsided = described.counter(TRADES, TRADES_HELP, RESULT, "unsided");
    repeated = described.counter(TRADES, TRADES_HELP, RESULT, "repeated");
    lateQuotes =
        described.counter("tape.late.quotes", "Quotes that came after one with a later stamp");
    for (FlowAlert.Kind kind : FlowAlert.Kind.values()) {
      flow.put(
          kind,
          described.counter("flow", "Unusual events in option trades", "kind", kind.wireName()));
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
    FunctionCounter.builder("candlehub.hub.flow.unjudged", watch, FlowWatch::withoutTerms)
        .description("Option trades that were not looked at for want of the contract's terms")
        .register(registry);
  }

  /** Counts an unusual event when it is told first. */
  void flow(FlowAlert.Kind kind) {
    flow.get(kind).increment();
  }
}
