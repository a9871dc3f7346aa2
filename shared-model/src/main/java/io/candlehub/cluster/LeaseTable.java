package io.candlehub.cluster;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The leases of the cluster. A lease is granted by a majority only, and to one node at a time; a node that holds one
 * keeps it until it releases it, dies, or no longer hears the majority.
 *
 * <p>Reading is safe from any thread, never waits and may be behind by a moment: it says where to send, not who has the
 * right. Callbacks run on the Vert.x context they were given from, without one on a thread of the cluster's.
 */
public interface LeaseTable {
  /** Returns the lease of a key as far as this node knows; empty if it knows of no holder. */
  Optional<Lease> lease(String key);

  /**
   * Calls a listener with each change of a holder or term that this node learns of, in the order of terms.
   *
   * @return ends the listening
   */
  Registration listen(Consumer<Lease> listener);

  /**
   * Asks for a lease. It is granted if nobody holds it, if its holder is no longer a member, or if this node holds it
   * already. A granted lease is renewed without further ado until {@link #release} or its loss.
   *
   * @param lost called at once, and once, when a granted lease ends in another way than by release: nothing may be done
   *     under its term any more
   * @return the lease as it is now, this node's or another's; failed if no majority could be asked
   */
  Future<Lease> acquire(String key, Consumer<Lease> lost);

  /**
   * Gives a lease back, so that it can be acquired at once. Done too if this node does not hold it. The caller has
   * stopped acting under the lease before.
   */
  Future<Void> release(String key);
}
