package io.candlehub.cluster;

import java.time.Duration;

/** Competes for a lease ({@link Cluster#compete}). Called on the Vert.x context that it competed from. */
public interface Leader {
  /**
   * This node holds the lease.
   *
   * @param term goes with everything that is done under the lease
   * @param quiet how long to wait before anything is done that the outside sees, so that a predecessor that was cut
   *     off has noticed; zero if it gave the lease back
   */
  void elected(long term, Duration quiet);

  /**
   * This node does not hold the lease any more: close what only the holder may have open before anything else. Also
   * called when the node leaves, before the lease is given back.
   */
  void deposed();
}
