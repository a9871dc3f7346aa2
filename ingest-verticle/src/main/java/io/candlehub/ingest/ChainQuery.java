package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A question for the contracts on an underlying. Equal questions in flight share one answer.
 *
 * @param underlying whose options
 * @param firstExpiration first date in the contracts' symbols that is wanted
 * @param lastExpiration last one; equal to the first for one expiration
 */
public record ChainQuery(
    Instrument underlying, LocalDate firstExpiration, LocalDate lastExpiration) {
  /** Checks presence and order. */
  public ChainQuery {
    Objects.requireNonNull(underlying, "underlying");
    Objects.requireNonNull(firstExpiration, "firstExpiration");
    if (lastExpiration.isBefore(firstExpiration)) {
      throw new IllegalArgumentException(
          "expirations must ascend, not " + firstExpiration + ".." + lastExpiration);
    }
  }
}
