package io.candlehub.model;

import java.util.Objects;

/**
 * Which options a caller looked at last, so that it finds them again.
 *
 * @param underlying its canonical symbol
 * @param expiration date in the symbols, YYYY-MM-DD; empty if none is chosen
 * @param contract the chosen contract's symbol; empty if none is chosen
 */
public record Selection(String underlying, String expiration, String contract) {
  /** Checks presence. */
  public Selection {
    Objects.requireNonNull(underlying, "underlying");
    Objects.requireNonNull(expiration, "expiration");
    Objects.requireNonNull(contract, "contract");
  }
}
