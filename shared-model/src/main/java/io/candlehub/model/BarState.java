package io.candlehub.model;

import java.util.Optional;

/** What a bar claims to be (contract §3). */
public enum BarState {
  /** Still changing, or not yet confirmed by the provider. */
  LIVE("live"),
  /** Confirmed; changes only by revision. */
  FINAL("final"),
  /** Final, and changed since it was first final. */
  REVISED("revised"),
  /** A roll-up whose time is over but which lacks minutes that could not be seen. */
  OUTAGE("outage");

  private final String wireName;

  BarState(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the constant of a name used in payloads, or empty. */
  public static Optional<BarState> parse(String name) {
    for (BarState candidate : values()) {
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
