package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cursors of one address, grouped by encoding, and the window in which its changes are collected. */
final class Fanout<M> {
  private final Source<M> source;
  private final Pace pace;
  private final StreamMeters meters;
  private final Runnable onEmpty;
  private final Map<Encoding<M, ?>, Lane<M, ?>> lanes = new LinkedHashMap<>();
  private long flushedNanos;
  private boolean flushedOnce;
  private boolean planned;
  private boolean timed;
  private long heardNanos;

  /**
   * Creates a fan-out without cursors.
   *
   * @param onEmpty told when the last cursor has left
   */
  Fanout(Source<M> source, Pace pace, StreamMeters meters, Runnable onEmpty) {
    this.source = source;
    this.pace = pace;
    this.meters = meters;
    this.onEmpty = onEmpty;
  }

  <T> Cursor<M, T> join(
      Encoding<M, T> encoding, Sink<T> sink, Position position, double maxPerSecond) {
    long gapNanos = maxPerSecond > 0 ? (long) (Duration.ofSeconds(1).toNanos() / maxPerSecond) : 0;
    @SuppressWarnings("unchecked") // a lane is kept under the encoding it was made for
    Lane<M, T> lane =
        (Lane<M, T>) lanes.computeIfAbsent(encoding, absent -> new Lane<>(this, encoding));
    return lane.join(sink, position, gapNanos);
  }

  int size() {
    return lanes.values().stream().mapToInt(Lane::size).sum();
  }

  /** Serves the cursors as {@link #changed()} does, with something that was heard at a nano time. */
  void changed(long atNanos) {
    if (!timed) {
      timed = true;
      heardNanos = atNanos;
    }
    changed();
  }

  /** Serves the cursors now, or at the end of the window that is running. */
  void changed() {
    long windowNanos = pace.window().toNanos();
    long remaining = flushedOnce ? flushedNanos + windowNanos - nanoTime() : 0;
    if (windowNanos == 0 || remaining <= 0) {
      flush();
    } else if (!planned) {
      planned = true;
      after(Duration.ofNanos(remaining), this::flush);
    }
  }

  private void flush() {
    planned = false;
    flushedOnce = true;
    flushedNanos = nanoTime();
    for (Lane<M, ?> lane : List.copyOf(lanes.values())) {
      lane.flush();
    }
    if (timed) {
      timed = false;
      meters.writeDelay(nanoTime() - heardNanos);
    }
  }

  /** Ends every cursor without telling anybody. */
  void end() {
    lanes.values().forEach(Lane::end);
    lanes.clear();
  }

  void left(Encoding<M, ?> encoding, boolean laneEmpty) {
    if (laneEmpty) {
      lanes.remove(encoding);
    }
    if (lanes.isEmpty()) {
      onEmpty.run();
    }
  }

  Source<M> source() {
    return source;
  }

  StreamMeters meters() {
    return meters;
  }

  long nanoTime() {
    return pace.nanoClock().getAsLong();
  }

  Scheduler.Cancellable after(Duration delay, Runnable task) {
    return pace.scheduler().after(delay, task);
  }
}
