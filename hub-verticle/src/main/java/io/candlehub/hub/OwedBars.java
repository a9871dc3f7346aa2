package io.candlehub.hub;

import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import java.util.function.LongSupplier;

/**
 * The bars of a series that another provider told in place of the first one, or that nobody told though there should be some:
 * until the first one has told them, or it is confirmed that there are none, it is to be asked for them again, but not every
 * time. Confined to the hub's event loop.
 */
final class OwedBars {
  private final Patience patience;
  private StandIn standIn = StandIn.NONE;
  private boolean due;

  /**
   * Creates one without bars.
   *
   * @param returns how often the first provider has come back
   */
  OwedBars(LongSupplier returns) {
    patience = new Patience(returns);
  }

  /** Returns what is to be asked for again, and who told it. */
  StandIn standIn() {
    return standIn;
  }

  /** Takes note of who told the bars that a former owner loaded. */
  void adopt(StandIn told) {
    standIn = told;
    patience.adopt();
  }

  /** Takes note of an answer. */
  void note(HistoryPart part) {
    if (standIn.isNone() && part.isOwed()) {
      patience.begin();
    }
    standIn = standIn.after(part);
    due &= !standIn.isNone();
  }

  /** Lets a minute pass; what began before the series' first day now is owed no more. */
  void onMinute(long firstMillis) {
    standIn = standIn.since(firstMillis);
    due |= !standIn.isNone() && patience.isOver();
  }

  /** Returns true if the first provider is to be asked again. */
  boolean isDue() {
    return due;
  }

  /** Returns a range and what the first provider owes; it is not due any more. */
  Range with(Range range) {
    due = false;
    return standIn.isNone() ? range : standIn.with(range);
  }
}
