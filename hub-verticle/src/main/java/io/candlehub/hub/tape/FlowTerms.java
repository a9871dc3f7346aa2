package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * What must be known of an option contract to judge its trades.
 *
 * @param contract the contract
 * @param multiplier shares a contract stands for, by which price and size become a premium
 * @param openInterest contracts open at the end of the day before, NaN if unknown; 0 is known
 * @param volume the volume of the day of {@code atMillis} until then as the provider tells it, NaN if unknown
 * @param atMillis market time of the figures, epoch millis
 */
public record FlowTerms(
    Instrument contract, double multiplier, double openInterest, double volume, long atMillis) {
  /** Checks the values. */
  public FlowTerms {
    Objects.requireNonNull(contract, "contract");
    if (contract.assetClass() != AssetClass.OPTION) {
      throw new IllegalArgumentException(contract + " must be an option");
    }
    if (!(multiplier > 0)) {
      throw new IllegalArgumentException("multiplier=" + multiplier + " must be positive");
    }
    if (openInterest < 0 || volume < 0) {
      throw new IllegalArgumentException(
          contract + " must not have negative open interest or volume");
    }
  }
}
