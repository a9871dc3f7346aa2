package io.candlehub.hub.store;

import io.candlehub.model.Selection;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Keeps what each caller selected last in one market, beside a {@link CandleStore} and under its rules of threads and
 * failures.
 */
public interface SelectionStore {
  /**
   * Inserts a caller's selection, or replaces the one it had.
   *
   * @param caller its id, any text
   * @param atMillis wall time of the selection, epoch millis
   */
  Future<Void> write(String caller, Selection selection, long atMillis);

  /** Returns a caller's selection, if one is kept. */
  Future<Optional<Selection>> read(String caller);

  /** Drops selections made before an instant of wall time. */
  Future<Void> prune(long beforeMillis);
}
