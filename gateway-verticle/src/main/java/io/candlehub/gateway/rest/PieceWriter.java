package io.candlehub.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Writes an answer piece by piece as fast as the client takes it, so that a slow client holds no more than its socket
 * does. Pieces may be made when it is their turn. Confined to the request's event loop.
 */
final class PieceWriter {
  private final HttpServerResponse response;
  private final Deque<Supplier<Buffer>> pieces = new ArrayDeque<>();

  PieceWriter(HttpServerResponse response) {
    this.response = response;
  }

  PieceWriter add(Buffer piece) {
    return add(() -> piece);
  }

  PieceWriter add(Supplier<Buffer> piece) {
    pieces.add(piece);
    return this;
  }

  /** Writes what was added; never completes if the client leaves, and then nothing holds on to this any more. */
  Future<Void> write() {
    while (!pieces.isEmpty() && !response.closed()) {
      if (response.writeQueueFull()) {
        Promise<Void> ready = Promise.promise();
        response.drainHandler(drained -> ready.tryComplete());
        return ready.future().compose(done -> write());
      }
      RestRoutes.sent(response.write(pieces.poll().get()));
    }
    return Future.succeededFuture();
  }
}
