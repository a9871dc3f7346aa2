package io.candlehub.gateway.stream;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Asks the hubs. While nobody can answer, as when a shard's owner has died, a question is asked again soon and for as
 * long as its asker has patience. An answer that a dead hub owes never comes, and the bus says nothing of it, so
 * whatever is unanswered when a hub goes is asked again.
 *
 * <p>Questions change nothing that asking twice would change twice. Confined to the gateway's event loop.
 */
final class Questions {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 250;

  /** How long after a hub went the bus may still bring questions to it, in two steps. */
  private static final List<Duration> STILL_ADDRESSED =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(1));

  private final Bus bus;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock;
  private final Set<Asked> open = new LinkedHashSet<>();

  /** What carries a question. */
  interface Bus {
    Future<Message<Object>> request(String address, Object body, DeliveryOptions options);
  }

  Questions(Bus bus, Scheduler scheduler, LongSupplier nanoClock) {
    this.bus = bus;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
  }

  /**
   * Asks until there is an answer or a failure other than {@link Failure#UNAVAILABLE}.
   *
   * @param options with how long to wait for one answer
   * @param patience how long to go on asking
   */
  Future<Message<Object>> ask(
      String address, Object body, DeliveryOptions options, Duration patience) {
    Asked asked = new Asked(address, body, options, patience);
    open.add(asked);
    asked.ask();
    return asked.answer.future();
  }

  /** Asks again whatever is unanswered: one of the hubs that were asked is gone. */
  void hubGone() {
    askAgain();
    STILL_ADDRESSED.forEach(delay -> scheduler.after(delay, this::askAgain));
  }

  private void askAgain() {
    List.copyOf(open).forEach(Asked::again);
  }

  private final class Asked {
    private final String address;
    private final Object body;
    private final DeliveryOptions options;
    private final Duration patience;
    private final Promise<Message<Object>> answer = Promise.promise();
    private long beganNanos = nanoClock.getAsLong();
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private int tries;

    Asked(String address, Object body, DeliveryOptions options, Duration patience) {
      this.address = address;
      this.body = body;
      this.options = options;
      this.patience = patience;
    }

    private void ask() {
      int trial = ++tries;
      bus.request(address, body, options).onComplete(done -> {
        if (done.succeeded()) {
          finish();
          answer.tryComplete(done.result());
        } else if (trial == tries && !answer.future().isComplete()) {
          failed(FailureException.of(done.cause()));
        }
      });
    }

    private void failed(FailureException failure) {
      Duration waited = Duration.ofNanos(nanoClock.getAsLong() - beganNanos);
      long hint = failure.retryAfterMillis();
      long pause = hint > LONGEST_PAUSE_MILLIS ? hint : pauseMillis;
      if (failure.code() != Failure.UNAVAILABLE
          || waited.plusMillis(pause).compareTo(patience) > 0) {
        finish();
        answer.tryFail(failure);
        return;
      }
      int trial = tries;
      scheduler.after(Duration.ofMillis(pause), () -> {
        if (trial == tries && !answer.future().isComplete()) {
          ask();
        }
      });
      pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
    }

    /** Asks at once, with new patience if there was any. */
    private void again() {
      if (!patience.isZero()) {
        beganNanos = nanoClock.getAsLong();
        pauseMillis = FIRST_PAUSE_MILLIS;
        ask();
      } else {
        tries++;
        finish();
        answer.tryFail(Failure.UNAVAILABLE.because("service is not available"));
      }
    }

    private void finish() {
      open.remove(this);
    }
  }
}
