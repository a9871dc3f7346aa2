package io.candlehub.gateway.stream;

import io.vertx.core.Future;

/** What the hub publishes on one address, followed once for all clients of this gateway. */
interface SharedStream {
  /** Returns the address, which is also the topic of the demand. */
  String address();

  /** Starts to follow; the future fails if the hub refuses. */
  Future<Void> open();

  /** Returns true if no client is left. */
  boolean isUnused();

  /** Takes note that the hub cannot be reached: what is held is the last that is known. */
  void hubLost();

  /** Takes note that the hub is there again and may have published what was not heard. */
  void hubBack();

  /** Stops following and forgets everything. */
  void end();
}
