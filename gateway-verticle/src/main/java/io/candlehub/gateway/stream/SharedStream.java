package io.candlehub.gateway.stream;

import io.vertx.core.Future;

/** What the hub publishes on one address, followed once for all clients of this gateway. */
interface SharedStream {
  /** Returns the topic of its demand, which for all but chains is its address too. */
  String address();

  /** Starts to follow; the future fails if the hub refuses. */
  Future<Void> open();

  /** Returns true if no client is left. */
  boolean isUnused();

  /** Takes note that nothing comes for a reason, in words fit for clients: what is held is the last that is known. */
  void interrupted(String reason);

  /** Takes note that something may have been missed, unless what is heard next shows that it was not. */
  void doubt();

  /** Asks for what was missed, if that is in doubt still. */
  void settle();

  /** Stops following and forgets everything. */
  void end();
}
