package io.candlehub.model;

import java.util.Optional;

/** How far a stream can be trusted right now (contract §3); a worse mode wins. */
public enum HealthMode {
  /** Fed as it should be. */
  LIVE("LIVE"),
  /** A hole is being filled. */
  BACKFILLING("BACKFILLING"),
  /** Throttled, feed down, mute or refused, or served from the store alone. */
  DEGRADED("DEGRADED");

  private final String wireName;

  HealthMode(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the constant of a name used in payloads, or empty. */
  public static Optional<HealthMode> parse(String name) {
    for (HealthMode candidate : values()) {
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
