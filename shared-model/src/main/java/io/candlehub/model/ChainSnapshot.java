package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * What a provider says of the contracts on an underlying, all pages together.
 *
 * @param underlying its canonical symbol
 * @param spot the underlying's price, NaN if the provider does not tell it
 * @param spotAtMillis market time of that price, epoch millis; 0 if not known
 * @param legs one for each contract, in no order
 * @param askedAtMillis market time at which the first page was asked for
 */
public record ChainSnapshot(
    String underlying, double spot, long spotAtMillis, List<SnapshotLeg> legs, long askedAtMillis) {
  /** Checks presence and copies the list. */
  public ChainSnapshot {
    Objects.requireNonNull(underlying, "underlying");
    legs = List.copyOf(legs);
  }

  /** Returns the same, told because the first provider did not tell it. */
  public ChainSnapshot fallback(String reason) {
    List<SnapshotLeg> told = legs.stream().map(leg -> leg.fallback(reason)).toList();
    return new ChainSnapshot(underlying, spot, spotAtMillis, told, askedAtMillis);
  }
}
