package io.candlehub.hub.store;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a store's failures into the common vocabulary and logs when it begins and when it ceases to fail, once each.
 *
 * <p>Safe from any thread.
 */
final class Availability {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

  private final String kind;
  private final String work;
  private final UnaryOperator<String> scrubber;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * Creates the watch over one kind of work.
   *
   * @param work what is watched, as the log names it
   * @param scrubber removes what must not be logged from a text
   */
  Availability(String kind, String work, UnaryOperator<String> scrubber) {
    this.kind = kind;
    this.work = work;
    this.scrubber = scrubber;
  }

  static FailureException closed() {
    return Failure.UNAVAILABLE.because("the candle store is closed");
  }

  <T> Future<T> watch(Future<T> answer) {
    return answer
        .onSuccess(value -> succeeded())
        .recover(failure -> Future.failedFuture(failed(failure)));
  }

  private void succeeded() {
    if (failing.get() && failing.compareAndSet(true, false)) {
      LOG.info("candle store works again [store: {}, work: {}]", kind, work);
    }
  }

  private FailureException failed(Throwable failure) {
    if (failure instanceof FailureException known) {
      return known;
    }
    if (failing.compareAndSet(false, true)) {
      String reason = scrubber.apply(String.valueOf(failure));
      LOG.warn("candle store fails [store: {}, work: {}, reason: {}]", kind, work, reason);
    }
    return Failure.UNAVAILABLE.because("the candle store is not available");
  }
}
