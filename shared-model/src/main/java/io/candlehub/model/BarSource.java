package io.candlehub.model;

import java.util.Optional;

/** Where a bar's values came from (contract §3). */
public enum BarSource {
  /** The provider's stream. */
  LIVE("live"),
  /** The provider's REST interface. */
  BACKFILL("backfill"),
  /** The store. */
  CACHE("cache"),
  /** A snapshot of the current state. */
  SNAPSHOT("snapshot");

  private final String wireName;

  BarSource(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the constant of a name used in payloads, or empty. */
  public static Optional<BarSource> parse(String name) {
    for (BarSource candidate : values()) {
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
