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
  /** The cursors as a list, empty when they have changed since it was made. */
  private List<Cursor<M, T>> pass = List.of();

  private Position head = Position.START;
  private long headVersion;
  private Position latest = Position.START;
  private Encoded<T> latestForm;
  private long formsVersion;
  private boolean expiring;
  private boolean passing;
  private int messages;
  private long bytes;
  private long skippedChanges;

  Lane(Fanout<M> fanout, Encoding<M, T> encoding) {
    this.fanout = fanout;
    this.encoding = encoding;
  }

  Cursor<M, T> join(Sink<T> sink, Position position, long gapNanos) {
    Cursor<M, T> cursor = new Cursor<>(this, sink, position, gapNanos);
    cursors.add(cursor);
    pass = List.of();
    return cursor;
  }

  void remove(Cursor<M, T> cursor) {
    if (cursors.remove(cursor)) {
      pass = List.of();
      if (cursors.isEmpty()) {
        drop();
      }
      fanout.left(encoding, cursors.isEmpty());
    }
  }

  void end() {
    cursors.forEach(Cursor::end);
    drop();
  }

  int size() {
    return cursors.size();
  }

  /** Serves every cursor. A cursor may leave while another is written. */
  void flush() {
    if (pass.isEmpty()) {
      pass = List.copyOf(cursors);
    }
    passing = true;
    for (Cursor<M, T> cursor : pass) {
      cursor.flush();
    }
    passing = false;
    count();
  }

  /** Returns what continues a position, encoded at most once for all that stand there. */
  T next(Position position, long skipped) {
    Source<M> source = source();
    if (formsVersion != source.version()) {
      drop();
      formsVersion = source.version();
    }
    if (latestForm == null || !latest.equals(position)) {
      latestForm = formAt(position, source);
      latest = position;
    }
    messages++;
    bytes += latestForm.bytes();
    skippedChanges += skipped;
    if (!passing) {
      count();
    }
    return latestForm.form();
  }

  private Encoded<T> formAt(Position position, Source<M> source) {
    if (forms.isEmpty() && !expiring) {
      expiring = true;
      after(FRESH, this::expire);
    }
    boolean continued = source.continues(position);
    return forms.computeIfAbsent(continued ? position : Position.START, at -> {
      fanout.meters().encoded();
      return encoding.encode(continued ? source.after(position) : source.snapshot());
    });
  }

  private void count() {
    if (messages > 0) {
      fanout.meters().written(messages, bytes, skippedChanges);
      messages = 0;
      bytes = 0;
      skippedChanges = 0;
    }
  }

  private void expire() {
    expiring = false;
    drop();
  }

  private void drop() {
    latestForm = null;
    forms.values().forEach(form -> form.onDropped().run());
    forms.clear();
  }

  /** Returns the newest position, the same object for all that stand there. */
  Position head() {
    long version = source().version();
    if (headVersion != version) {
      headVersion = version;
      head = source().head();
    }
    return head;
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
