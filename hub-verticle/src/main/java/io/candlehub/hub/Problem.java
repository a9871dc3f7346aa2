package io.candlehub.hub;

import io.candlehub.model.Origin;

/**
 * What is wrong with a chart.
 *
 * @param words the reason of its health; empty if all is well
 * @param standIn who told its bars in place of the first provider, if that is what is wrong; else unknown
 */
record Problem(String words, Origin standIn) {
  static final Problem NONE = Problem.of("");

  static Problem of(String words) {
    return new Problem(words, Origin.UNKNOWN);
  }

  /** Returns the problem of bars that another provider told; none if nobody did. */
  static Problem toldBy(Origin standIn) {
    return standIn.isKnown()
        ? new Problem(
            "bars come from " + standIn.source() + " (" + standIn.fallbackReason() + ")", standIn)
        : NONE;
  }

  boolean isNone() {
    return words.isEmpty();
  }

  /** Returns this problem, or another one if this is none. */
  Problem or(Problem other) {
    return isNone() ? other : this;
  }
}
