package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cursors of one stream that share an encoding. Each position is encoded once per version. */
final class Lane<M, T> {
  /** Longest time an encoding is kept, so that the ages in it stay true and quiet streams hold no text. */
  private static final Duration FRESH = Duration.ofMillis(250);

  private final Fanout<M> fanout;
  private final Encoding<M, T> encoding;
  private final Set<Cursor<M, T>> cursors = new LinkedHashSet<>();
  private final Map<Position, Encoded<T>> forms = new HashMap<>();
  private long formsVersion;
  private boolean expiring;

  Lane(Fanout<M> fanout, Encoding<M, T> encoding) {
    this.fanout = fanout;
    this.encoding = encoding;
  }

  Cursor<M, T> join(Sink<T> sink, Position position, long gapNanos) {
    Cursor<M, T> cursor = new Cursor<>(this, sink, position, gapNanos);
    cursors.add(cursor);
    return cursor;
  }

  void remove(Cursor<M, T> cursor) {
    if (cursors.remove(cursor)) {
      fanout.left(encoding, cursors.isEmpty());
    }
  }

  void end() {
    cursors.forEach(Cursor::end);
  }

  int size() {
    return cursors.size();
  }

  /** Serves every cursor. A cursor may leave while another is written. */
  void flush() {
    for (Cursor<M, T> cursor : List.copyOf(cursors)) {
      cursor.flush();
    }
  }

  /** Returns what continues a position, encoded at most once for all that stand there. */
  T next(Position position, long skipped) {
    Source<M> source = source();
    if (formsVersion != source.version()) {
      forms.clear();
      formsVersion = source.version();
    }
    if (forms.isEmpty() && !expiring) {
      expiring = true;
      after(FRESH, this::expire);
    }
    boolean continued = source.continues(position);
    Encoded<T> encoded = forms.computeIfAbsent(continued ? position : Position.START, at -> {
      fanout.meters().encoded();
      return encoding.encode(continued ? source.after(position) : source.snapshot());
    });
    fanout.meters().written(encoded.bytes(), skipped);
    return encoded.form();
  }

  private void expire() {
    expiring = false;
    forms.clear();
  }

  Source<M> source() {
    return fanout.source();
  }

  long nanoTime() {
    return fanout.nanoTime();
  }

  Scheduler.Cancellable after(Duration delay, Runnable task) {
    return fanout.after(delay, task);
  }
}
