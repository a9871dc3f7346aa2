package io.candlehub.hub;

import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import java.util.function.LongSupplier;

/**
 * Who told bars of a series in place of the first provider, and of which range: until the first one has told it, it is to
 * be asked for it again, but not every time. Confined to the hub's event loop.
 */
final class StandIn {
  private final Patience patience;
  private String who = "";
  private long fromMillis = Long.MAX_VALUE;
  private long toMillis = Long.MIN_VALUE;
  private boolean due;

  /**
   * Creates one without a range.
   *
   * @param returns how often the first provider has come back
   */
  StandIn(LongSupplier returns) {
    patience = new Patience(returns);
  }

  /** Returns who it was and why, in words; empty if nobody. */
  String who() {
    return who;
  }

  /** Takes note of an answer. */
  void note(HistoryPart part) {
    if (part.isFallback()) {
      if (who.isEmpty()) {
        patience.begin();
      }
      who = part.standIn();
      fromMillis = Math.min(fromMillis, part.fromMillis());
      toMillis = Math.max(toMillis, part.toMillis());
    } else if (fromMillis >= part.fromMillis() && toMillis <= part.toMillis()) {
      who = "";
      fromMillis = Long.MAX_VALUE;
      toMillis = Long.MIN_VALUE;
      due = false;
    }
  }

  /** Lets a minute pass. */
  void onMinute() {
    due |= !who.isEmpty() && patience.isOver();
  }

  /** Returns true if the first provider is to be asked again. */
  boolean isDue() {
    return due;
  }

  /** Returns a range and what the first provider owes; it is not due any more. */
  Range owedWith(Range range) {
    due = false;
    return who.isEmpty()
        ? range
        : new Range(Math.min(range.fromMillis(), fromMillis), Math.max(range.toMillis(), toMillis));
  }
}
