package io.candlehub.model;

import java.util.Objects;

/**
 * What a provider says of one contract and, in the same answer, of what it is on.
 *
 * @param leg the contract
 * @param spot the underlying's price, NaN if the provider does not tell it
 * @param spotAtMillis market time of that price, epoch millis; 0 if not known
 */
public record ContractSnapshot(SnapshotLeg leg, double spot, long spotAtMillis) {
  /** Checks presence. */
  public ContractSnapshot {
    Objects.requireNonNull(leg, "leg");
  }

  /** Returns the same, told because the first provider did not tell it. */
  public ContractSnapshot fallback(String reason) {
    return new ContractSnapshot(leg.fallback(reason), spot, spotAtMillis);
  }
}
