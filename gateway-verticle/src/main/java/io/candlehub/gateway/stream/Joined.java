package io.candlehub.gateway.stream;

import io.vertx.core.Future;
import java.util.Objects;

/**
 * A client's place in a stream.
 *
 * @param cursor the place
 * @param answer completes when the stream is open, with what its kind tells about it; fails with a {@link
 *     io.candlehub.bus.FailureException} if it is refused, after which nothing is written
 * @param <A> what is told
 */
public record Joined<A>(Subscription cursor, Future<A> answer) {
  /** Checks presence. */
  public Joined {
    Objects.requireNonNull(cursor, "cursor");
    Objects.requireNonNull(answer, "answer");
  }
}
