package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;

/** The rule for what becomes of a bar's state and revision when it is derived or stated again (contract §3, BAR). */
final class Revisions {
  private Revisions() {}

  /**
   * Returns {@code next} as the successor of {@code former}: a final bar stays final; its revision rises only if open,
   * high, low, close or volume differ.
   */
  static Bar continued(Bar former, Bar next) {
    if (!former.isFinal()) {
      return next;
    }
    boolean same = former.sameValues(next);
    int revision = former.revision() + (same ? 0 : 1);
    return with(next, revision > 0 ? BarState.REVISED : BarState.FINAL, revision);
  }

  /** Returns a bar with another state and revision. */
  static Bar with(Bar bar, BarState state, int revision) {
    return new Bar(
        bar.startMillis(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.trades(),
        state,
        revision,
        bar.source(),
        bar.coverage());
  }
}
