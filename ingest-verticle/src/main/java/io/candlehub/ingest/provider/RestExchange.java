package io.candlehub.ingest.provider;

import io.candlehub.ingest.Errand;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One request and its answer: bounded in time from the wish to send to the last byte, however slowly they drip, and in
 * size, and given up when nobody waits any more. Whatever exceeds a bound or is given up is reset, so that it keeps no
 * connection. Confined to one event loop.
 */
final class RestExchange implements Errand.Carrier {
  private static final long MAX_BYTES = 64L << 20;
  private static final long CANCEL = 8;

  private final AnswerReader reader;
  private final Scheduler scheduler;
  private final Duration timeout;
  private final Function<HttpClientRequest, Future<HttpClientResponse>> sending;
  private final Promise<HttpClientResponse> done = Promise.promise();
  private Runnable abort = () -> {};
  private boolean sent;
  private boolean answered;
  private boolean timedOut;
  private boolean dropped;
  private long bytes;

  /**
   * Creates an exchange that has not begun.
   *
   * @param sending sends the request's body
   */
  RestExchange(
      AnswerReader reader,
      Scheduler scheduler,
      Duration timeout,
      Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
    this.reader = reader;
    this.scheduler = scheduler;
    this.timeout = timeout;
    this.sending = sending;
  }

  /** Sends the request once it has a connection and completes when the whole answer is read. */
  Future<HttpClientResponse> run(Future<HttpClientRequest> connected) {
    Scheduler.Cancellable deadline = scheduler.after(timeout, this::expire);
    connected.onSuccess(this::send).onFailure(done::tryFail);
    return done.future().onComplete(outcome -> deadline.cancel());
  }

  /** Returns true if the time was over before the answer was complete. */
  boolean isTimedOut() {
    return timedOut;
  }

  /** Returns true if the connection broke before anything of the answer arrived, as a kept one may that is too old. */
  boolean isBroken() {
    return sent && !answered && !timedOut && !dropped;
  }

  @Override
  public void priorityChanged() {}

  @Override
  public void dropped() {
    dropped = true;
    fail(Errand.droppedFailure());
  }

  private void expire() {
    timedOut = true;
    fail(new TimeoutException("no complete answer within " + timeout));
  }

  private void fail(Throwable cause) {
    if (done.tryFail(cause)) {
      abort.run();
    }
  }

  private void send(HttpClientRequest request) {
    if (done.future().isComplete()) {
      reset(request);
      return;
    }
    abort = () -> reset(request);
    sent = true;
    sending.apply(request).onSuccess(this::read).onFailure(done::tryFail);
  }

  private static void reset(HttpClientRequest request) {
    request.reset(CANCEL).otherwiseEmpty();
  }

  private void read(HttpClientResponse response) {
    answered = true;
    response.exceptionHandler(done::tryFail);
    response.handler(this::take);
    response.endHandler(end -> {
      if (!done.future().isComplete()) {
        reader.finish();
        done.tryComplete(response);
      }
    });
  }

  private void take(Buffer chunk) {
    bytes += chunk.length();
    if (bytes > MAX_BYTES) {
      fail(new IOException("answer is longer than " + MAX_BYTES + " bytes"));
    } else if (!done.future().isComplete()) {
      reader.feed(chunk);
    }
  }
}
