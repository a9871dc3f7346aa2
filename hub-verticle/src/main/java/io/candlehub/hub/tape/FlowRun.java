package io.candlehub.hub.tape;

import io.candlehub.model.Origin;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Trades of one contract and side that follow each other closely: what a sweep is made of. */
final class FlowRun {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Side side;
  private final SortedSet<Integer> exchanges = new TreeSet<>();
  private final TapeStamp began;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private int prints;
  private int sweepPrints;
  private int confidence = Integer.MAX_VALUE;
  private double size;
  private double turnover;
  private int revision = -1;
  private TopOfBook quote = TopOfBook.none();
  private Origin origin = Origin.UNKNOWN;

  /** Starts with a trade. */
  FlowRun(SidedTrade first) {
    side = first.side();
    began = first.print().at();
    add(first);
  }

  /** Returns true if a trade would not stretch the run beyond a time. */
  boolean takes(SidedTrade trade, long mostMillis) {
    long nanos = trade.print().at().nanos();
    long length = Math.max(lastNanos, nanos) - Math.min(firstNanos, nanos);
    return length <= mostMillis * NANOS_PER_MILLI;
  }

  boolean isAfter(SidedTrade trade) {
    return firstNanos > trade.print().at().nanos();
  }

  void add(SidedTrade trade) {
    Print print = trade.print();
    firstNanos = Math.min(firstNanos, print.at().nanos());
    lastNanos = Math.max(lastNanos, print.at().nanos());
    prints++;
    sweepPrints += TradeStandings.isSweep(print) ? 1 : 0;
    confidence = Math.min(confidence, trade.confidence());
    size += print.size();
    turnover += print.price() * print.size();
    quote = trade.quote();
    origin = origin.with(print.origin());
    if (print.exchange() != 0) {
      exchanges.add(print.exchange());
    }
  }

  /** Returns true if it is a sweep by the rules. */
  boolean isSweep(FlowRules rules, double multiplier) {
    int needed = sweepPrints > 0 ? rules.sweepExchanges() : rules.sweepExchanges() + 1;
    return exchanges.size() >= needed && turnover * multiplier >= rules.sweepPremium();
  }

  /** Tells the run as it is now, one revision higher than before. */
  FlowAlert told(FlowAlert.Kind kind, FlowTerms terms, double volume) {
    revision++;
    return new FlowAlert(
        kind,
        kind.wireName() + ":" + terms.contract() + ":" + began.nanos() + ":" + began.sequence(),
        revision,
        terms.contract(),
        side,
        confidence,
        Math.floorDiv(firstNanos, NANOS_PER_MILLI),
        Math.floorDiv(lastNanos, NANOS_PER_MILLI),
        prints,
        sweepPrints,
        List.copyOf(exchanges),
        size,
        turnover / size,
        turnover * terms.multiplier(),
        quote,
        volume,
        terms.openInterest(),
        origin);
  }
}
