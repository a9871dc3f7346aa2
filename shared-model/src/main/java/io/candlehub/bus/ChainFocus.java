package io.candlehub.bus;

import io.candlehub.cluster.Shards;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import java.time.LocalDate;
import java.util.List;

/**
 * What a viewer of an option chain looks at.
 *
 * @param underlying whose options
 * @param expiration the date in the contracts' symbols; none stands for the nearest one
 * @param contract the selected contract, on the underlying and only with a date; or none
 */
public record ChainFocus(
    Instrument underlying, List<LocalDate> expiration, List<Instrument> contract) {
  /** Checks what belongs together. */
  public ChainFocus {
    expiration = List.copyOf(expiration);
    contract = List.copyOf(contract);
    if (underlying.assetClass() == AssetClass.OPTION) {
      throw new IllegalArgumentException(underlying + " is no underlying");
    }
    if (expiration.size() > 1 || contract.size() > expiration.size()) {
      throw new IllegalArgumentException("one expiration, and a contract only with it");
    }
    for (Instrument selected : contract) {
      if (!Shards.underlying(selected).equals(underlying.symbol())) {
        throw new IllegalArgumentException(selected + " is not on " + underlying);
      }
    }
  }

  /** Returns the focus on the nearest expiration. */
  public static ChainFocus nearest(Instrument underlying) {
    return new ChainFocus(underlying, List.of(), List.of());
  }

  /** Returns the focus on an expiration. */
  public static ChainFocus on(Instrument underlying, LocalDate expiration) {
    return new ChainFocus(underlying, List.of(expiration), List.of());
  }

  /** Returns the focus on an expiration and one of its contracts. */
  public static ChainFocus on(Instrument underlying, LocalDate expiration, Instrument contract) {
    return new ChainFocus(underlying, List.of(expiration), List.of(contract));
  }
}
