package io.candlehub.model;

import java.util.Optional;

/** Which way a stream is fed right now (contract §3). */
public enum HealthSource {
  /** The provider's socket. */
  WS("ws"),
  /** The provider's REST interface. */
  REST("rest"),
  /** The store. */
  CACHE("cache"),
  /** A snapshot. */
  SNAPSHOT("snapshot");

  private final String wireName;

  HealthSource(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the constant of a name used in payloads, or empty. */
  public static Optional<HealthSource> parse(String name) {
    for (HealthSource candidate : values()) {
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
