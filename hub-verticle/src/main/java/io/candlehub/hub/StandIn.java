package io.candlehub.hub;

import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;

/**
 * Who told bars of a range in place of the first provider: what that one is to be asked again until it has told them.
 *
 * @param who the provider and why it was asked, in words; empty for nobody
 * @param fromMillis start of the first bar
 * @param toMillis start of the last bar
 */
record StandIn(String who, long fromMillis, long toMillis) {
  static final StandIn NONE = new StandIn("", Long.MAX_VALUE, Long.MIN_VALUE);

  boolean isNone() {
    return who.isEmpty();
  }

  /** Returns a range that covers this one and another. */
  Range with(Range other) {
    return new Range(
        Math.min(other.fromMillis(), fromMillis), Math.max(other.toMillis(), toMillis));
  }

  /** Returns what is so after an answer. */
  StandIn after(HistoryPart answer) {
    if (answer.isFallback()) {
      Range all = with(new Range(answer.fromMillis(), answer.toMillis()));
      return new StandIn(answer.standIn(), all.fromMillis(), all.toMillis());
    }
    boolean told = fromMillis >= answer.fromMillis() && toMillis <= answer.toMillis();
    return told ? NONE : this;
  }
}
