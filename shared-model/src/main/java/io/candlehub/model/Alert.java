package io.candlehub.model;

import java.util.Objects;

/**
 * Something an operator or a client should know about the data, sent once per occurrence.
 *
 * @param kind what happened
 * @param subject the symbol it concerns, or the market, for example {@code SPY} or {@code stocks}
 * @param message what happened, in words fit for a client
 * @param fromMillis start of the market time it concerns
 * @param toMillis end of the market time it concerns, excluded; equal to the start for an instant
 * @param atMillis market time at which it was noticed
 */
public record Alert(
    Kind kind, String subject, String message, long fromMillis, long toMillis, long atMillis) {
  /** What can happen. */
  public enum Kind {
    /** Minutes that nothing is known about were not filled in time. */
    GAP_NOT_FILLED("gap-not-filled"),
    /** A bar that was final differs from the provider's history and no cause is known. */
    PARITY_DIFFERENCE("parity-difference"),
    /** The provider sends much that cannot be a bar. */
    VIOLATION_BURST("violation-burst"),
    /** A connection or a topic is silent although something should arrive. */
    MUTE_FEED("mute-feed"),
    /** The provider limits our requests. */
    THROTTLED("throttled");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the name used in payloads and metrics. */
    public String wireName() {
      return wireName;
    }
  }

  /** Checks presence and order. */
  public Alert {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(message, "message");
    if (toMillis < fromMillis) {
      throw new IllegalArgumentException("alert must not end before it begins");
    }
  }
}
