package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** The position last written to one client. */
final class Cursor<M, T> implements Subscription {
  private static final long UNSEEN = -1;

  private final Lane<M, T> lane;
  private final Sink<T> sink;
  private final long gapNanos;
  private final Promise<Void> first = Promise.promise();
  private Position position;
  private long version = UNSEEN;
  private long writtenNanos;
  private Scheduler.Cancellable timer = () -> {};
  private boolean waiting;
  private boolean closed;

  Cursor(Lane<M, T> lane, Sink<T> sink, Position position, long gapNanos) {
    this.lane = lane;
    this.sink = sink;
    this.position = position;
    this.gapNanos = gapNanos;
  }

  /** Returns a future that completes when the first message has been written. */
  Future<Void> started() {
    return first.future();
  }

  @Override
  public void flush() {
    Source<M> source = lane.source();
    if (closed || source.version() == 0 || source.version() == version || waiting) {
      return;
    }
    if (!sink.writable() || mustWait()) {
      return;
    }
    long skipped = version == UNSEEN ? 0 : source.version() - version - 1;
    T form = lane.next(position, skipped);
    position = lane.head();
    version = source.version();
    if (gapNanos > 0) {
      writtenNanos = lane.nanoTime();
    }
    sink.write(form);
    first.tryComplete();
  }

  /** Arms a timer if the client's own rate does not allow another message yet. */
  private boolean mustWait() {
    if (gapNanos == 0 || version == UNSEEN) {
      return false;
    }
    long remaining = writtenNanos + gapNanos - lane.nanoTime();
    if (remaining <= 0) {
      return false;
    }
    waiting = true;
    timer = lane.after(Duration.ofNanos(remaining), () -> {
      waiting = false;
      flush();
    });
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      end();
      lane.remove(this);
    }
  }

  /** Ends the cursor of a stream that has ended itself. */
  void end() {
    closed = true;
    timer.cancel();
  }
}
