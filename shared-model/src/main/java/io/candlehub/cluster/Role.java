package io.candlehub.cluster;

import java.util.Locale;
import java.util.Optional;

/** What a node does. */
public enum Role {
  /** Holds provider connections, one per account and class in the whole cluster. */
  INGEST,
  /** Owns shards: all state of the symbols in them. */
  HUB,
  /** Serves clients. */
  GATEWAY;

  /** Returns the role's name in configuration and member attributes, for example {@code hub}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role of a wire name, or empty if there is none. */
  public static Optional<Role> parse(String wireName) {
    for (Role role : values()) {
      if (role.wireName().equals(wireName)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
