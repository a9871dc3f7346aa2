package io.candlehub.hub.option;

import java.util.Objects;

/**
 * Who told a datum.
 *
 * @param source the provider's id, or {@link #HYBRID} if parts are from several
 * @param fallbackReason why it is not the first provider's alone; empty if it is
 */
public record Teller(String source, String fallbackReason) {
  /** The source of what several providers told. */
  public static final String HYBRID = "hybrid";

  /** Checks presence. */
  public Teller {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }

  /** Returns who told a datum of which another one told a part. */
  Teller with(Teller other) {
    String reason = fallbackReason.isEmpty() ? other.fallbackReason : fallbackReason;
    return new Teller(source.equals(other.source) ? source : HYBRID, reason);
  }
}
