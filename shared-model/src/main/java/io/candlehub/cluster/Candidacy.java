package io.candlehub.cluster;

import io.vertx.core.Future;

/** A node's part in the competition for a lease. */
public interface Candidacy {
  /**
   * Ends it, and gives the lease back if it is held. The caller has closed what only the holder may have open; its
   * {@link Leader} is not called any more.
   */
  Future<Void> withdraw();
}
