package io.candlehub.hub;

import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.Origin;

/**
 * What the first provider is to be asked again until it has told it: the range of bars that another one told in its place, or
 * of which it told none and nobody confirmed that there are none.
 *
 * @param who the provider that told bars of it, and why it was asked; unknown for nobody
 * @param fromMillis start of the first bar
 * @param toMillis start of the last bar
 */
record StandIn(Origin who, long fromMillis, long toMillis) {
  static final StandIn NONE = new StandIn(Origin.UNKNOWN, Long.MAX_VALUE, Long.MIN_VALUE);

  /** Returns true if nothing is to be asked for again. */
  boolean isNone() {
    return fromMillis > toMillis;
  }

  /** Returns a range that covers this one and another. */
  Range with(Range other) {
    return new Range(
        Math.min(other.fromMillis(), fromMillis), Math.max(other.toMillis(), toMillis));
  }

  /** Returns what is left of it if bars before a time are of no interest any more. */
  StandIn since(long firstMillis) {
    return toMillis < firstMillis
        ? NONE
        : new StandIn(who, Math.max(fromMillis, firstMillis), toMillis);
  }

  /** Returns what is so after an answer. */
  StandIn after(HistoryPart answer) {
    if (answer.isOwed()) {
      Range all = with(new Range(answer.fromMillis(), answer.toMillis()));
      Origin last = answer.isFallback() ? answer.worth().standIn() : who;
      return new StandIn(last, all.fromMillis(), all.toMillis());
    }
    boolean told = fromMillis >= answer.fromMillis() && toMillis <= answer.toMillis();
    return told ? NONE : this;
  }
}
