package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;

/**
 * One HTTP request of the polling transport that waits for its answer.
 *
 * <p>Threads: any.
 */
interface Exchange {

  /** Returns the headers of the request. */
  MultiMap headers();

  /**
   * Answers the request; only the first answer is sent.
   *
   * @return completes, on any thread, when the answer was handed to the network; fails if it was not
   */
  Future<Void> answer(HttpAnswer answer);

  /** Cuts the connection of the request. */
  void cut();
}
