package io.candlehub.model;

import java.util.Optional;

/** Why a stretch of time has no bar (contract §3). */
public enum IntervalState {
  /** Not yet known whether anything happened. */
  SUSPECTED("suspected"),
  /** No eligible trade happened. */
  QUIET("quiet"),
  /** The feed could not be seen. */
  OUTAGE("outage"),
  /** Trading was halted. */
  HALTED("halted"),
  /** No session. */
  CLOSED("closed");

  private final String wireName;

  IntervalState(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the constant of a name used in payloads, or empty. */
  public static Optional<IntervalState> parse(String name) {
    for (IntervalState candidate : values()) {
      if (candidate.wireName.equals(name)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Returns the name used in payloads. */
  public String wireName() {
    return wireName;
  }
}
