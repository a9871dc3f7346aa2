package io.candlehub.gateway.stream;

import io.vertx.core.Future;
import java.util.Objects;

/**
 * A client's place in a chart stream.
 *
 * @param cursor the place
 * @param answer completes with how the stream is fed (live, quiet, closed, polling or pending) once the first message
 *     has been written; fails with a {@link io.candlehub.bus.FailureException} if the stream is refused, after which
 *     nothing is written; never completes if the place is closed before
 */
public record ChartSubscription(Subscription cursor, Future<String> answer) {
  /** Checks presence. */
  public ChartSubscription {
    Objects.requireNonNull(cursor, "cursor");
    Objects.requireNonNull(answer, "answer");
  }
}
