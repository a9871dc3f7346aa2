package io.candlehub.ingest.provider.massive;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer: bounded in time from the wish to send to the last byte, however slowly they drip, and in
 * size. Whatever exceeds a bound is reset, so that it keeps no connection. Confined to one event loop.
 */
final class RestExchange {
  private static final long MAX_BYTES = 64L << 20;
  private static final long CANCEL = 8;

  private final ResultsReader reader;
  private final Scheduler scheduler;
  private final Duration timeout;
  private final Promise<HttpClientResponse> done = Promise.promise();
  private Runnable abort = () -> {};
  private boolean timedOut;
  private long bytes;

  RestExchange(ResultsReader reader, Scheduler scheduler, Duration timeout) {
    this.reader = reader;
    this.scheduler = scheduler;
    this.timeout = timeout;
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
    if (timedOut) {
      reset(request);
      return;
    }
    abort = () -> reset(request);
    request.send().onSuccess(this::read).onFailure(done::tryFail);
  }

  private static void reset(HttpClientRequest request) {
    request.reset(CANCEL).otherwiseEmpty();
  }

  private void read(HttpClientResponse response) {
    response.exceptionHandler(done::tryFail);
    response.handler(this::take);
    response.endHandler(end -> {
      reader.finish();
      done.tryComplete(response);
    });
  }

  private void take(Buffer chunk) {
    bytes += chunk.length();
    if (bytes > MAX_BYTES) {
      fail(new IOException("answer is longer than " + MAX_BYTES + " bytes"));
    } else {
      reader.feed(chunk);
    }
  }
}
