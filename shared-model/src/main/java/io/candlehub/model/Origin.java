package io.candlehub.model;

import java.util.Objects;

/**
 * Who told a datum, and why not the first provider (contract §3).
 *
 * @param source the provider's id, {@code hybrid} if several took part, or empty if it is not known
 * @param fallbackReason why it is not the first provider's; empty if it is
 */
public record Origin(String source, String fallbackReason) {
  /** Nobody knows who told it. */
  public static final Origin UNKNOWN = new Origin("", "");

  private static final String SEVERAL = "hybrid";

  /** Checks presence. */
  public Origin {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }

  /** Returns false if nobody knows who told it. */
  public boolean isKnown() {
    return !source.isEmpty();
  }

  /** Returns the origin of what was put together of this and something else. */
  public Origin with(Origin other) {
    if (!isKnown() || equals(other)) {
      return other;
    }
    if (!other.isKnown()) {
      return this;
    }
    return new Origin(
        source.equals(other.source) ? source : SEVERAL,
        fallbackReason.isEmpty() ? other.fallbackReason : fallbackReason);
  }
}
