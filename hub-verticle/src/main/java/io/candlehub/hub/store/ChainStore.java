package io.candlehub.hub.store;

import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the last known chain of each expiration for a day of wall time, beside a {@link CandleStore} and under its rules
 * of threads and failures.
 */
public interface ChainStore {
  /** How long a chain is kept; one that is older is not returned even if it is still there. */
  Duration KEPT = Duration.ofHours(24);

  /**
   * Inserts the chain of an expiration, or replaces it.
   *
   * @param chain contracts of this expiration only
   */
  Future<Void> write(LocalDate expiration, ChainSnapshot chain);

  /** Returns an expiration's chain, if one is kept. */
  Future<Optional<ChainSnapshot>> read(Instrument underlying, LocalDate expiration);

  /** Returns the expirations whose chains are kept, ascending. */
  Future<List<LocalDate>> expirations(Instrument underlying);

  /** Drops what is older than a day. */
  Future<Void> prune();
}
