package io.candlehub.ingest;

import io.candlehub.bus.FeedEventCodec;
import io.candlehub.model.feed.FeedEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was received for one shard under one term, numbered gaplessly from 0, until it is old and safe. Events are kept
 * as the bytes they travel as, in arrays of up to 64 kB each, so that a minute and a half of a market is some thousand
 * objects and not some million. Forgetting drops whole arrays from the front. Confined to one event loop.
 */
final class ShardJournal {
  private static final int FIRST_BYTES = 2 << 10;
  private static final int MOST_BYTES = 64 << 10;

  /** Events of one group: what is read back at least. */
  private static final int MOST_TOGETHER = 256;

  /** Time of receipt, count and length of the events that were appended together. */
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES;

  /** The array's header and the object around it. */
  private static final int OBJECT_BYTES = 80;

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long nextSeq;
  private long safeSeq;
  private long bytes;
  private long lastMillis;
  private long coveredFromMillis;

  /**
   * Creates an empty journal.
   *
   * @param beginMillis wall time from which on it has everything
   */
  ShardJournal(long beginMillis) {
    lastMillis = beginMillis;
    coveredFromMillis = beginMillis;
  }

  /**
   * Events read back.
   *
   * @param firstSeq number of the first one
   * @param receivedMillis wall time at which the first one was received
   * @param events in order; empty if there are none at or after the position
   * @param bytes their length as bytes
   */
  record Slice(long firstSeq, long receivedMillis, List<FeedEvent> events, int bytes) {}

  /**
   * Appends events that were received together.
   *
   * @param nowMillis wall time; one that goes back counts as the last one
   * @return their length as bytes
   */
  int append(List<FeedEvent> events, long nowMillis) {
    int length = 0;
    for (int from = 0; from < events.size(); from += MOST_TOGETHER) {
      int to = Math.min(events.size(), from + MOST_TOGETHER);
      length += appendGroup(events.subList(from, to), nowMillis);
    }
    return length;
  }

  private int appendGroup(List<FeedEvent> events, long nowMillis) {
    Buffer encoded = Buffer.buffer(events.size() * 96);
    events.forEach(event -> FeedEventCodec.write(encoded, event));
    lastMillis = Math.max(lastMillis, nowMillis);
    Chunk chunk = chunks.peekLast();
    int needed = HEAD_BYTES + encoded.length();
    if (chunk == null || !chunk.fits(needed)) {
      int usual = chunk == null ? FIRST_BYTES : Math.min(MOST_BYTES, chunk.bytes.length * 2);
      chunk = new Chunk(Math.max(needed, usual), nextSeq, lastMillis);
      chunks.addLast(chunk);
      bytes += chunk.size();
    }
    chunk.append(encoded, events.size(), lastMillis);
    nextSeq += events.size();
    return encoded.length();
  }

  /** Returns the number the next event will get. */
  long nextSeq() {
    return nextSeq;
  }

  /** Returns the wall time at which the newest event was received. */
  long newestMillis() {
    return lastMillis;
  }

  /** Returns the number of the oldest event there is; {@link #nextSeq} if there is none. */
  long oldestSeq() {
    Chunk first = chunks.peekFirst();
    return first == null ? nextSeq : first.firstSeq;
  }

  /** Returns the number below which all events are safe. */
  long safeSeq() {
    return safeSeq;
  }

  /** Takes note that everything below a number is safe; a lower one than before changes nothing. */
  void safe(long seq) {
    safeSeq = Math.max(safeSeq, Math.min(seq, nextSeq));
  }

  /** Returns how much memory it takes. */
  long bytes() {
    return bytes;
  }

  /** Returns whether every event received at a wall time or later is there. */
  boolean covers(long millis) {
    return millis >= coveredFromMillis;
  }

  /** Returns the wall time at which the oldest array begins; the end of time if there is none. */
  long oldestMillis() {
    Chunk first = chunks.peekFirst();
    return first == null ? Long.MAX_VALUE : first.firstMillis;
  }

  /** Returns the number of the first event received at a wall time or later, of those there are. */
  long seqFrom(long millis) {
    for (Chunk chunk : chunks) {
      if (chunk.lastMillis >= millis) {
        return chunk.seqFrom(millis);
      }
    }
    return nextSeq;
  }

  /**
   * Reads from a number on; from the oldest event if that one is not there any more.
   *
   * @param mostBytes stops after the first group of events with which it has that many
   */
  Slice read(long fromSeq, int mostBytes) {
    long from = Math.max(fromSeq, oldestSeq());
    Reading reading = new Reading(from, mostBytes);
    for (Chunk chunk : chunks) {
      if (chunk.endSeq() > from && !reading.isFull()) {
        chunk.read(reading);
      }
    }
    return reading.slice();
  }

  /** Forgets what is both safe and was received before a wall time. */
  void expire(long beforeMillis) {
    for (Chunk first = chunks.peekFirst();
        first != null && first.lastMillis < beforeMillis && first.endSeq() <= safeSeq;
        first = chunks.peekFirst()) {
      forgetOldest();
    }
  }

  /** Returns whether {@link #forgetOldest} would leave something. */
  boolean hasSeveralParts() {
    return chunks.size() > 1;
  }

  /** Forgets the oldest array of events, safe or not, and returns how many of them were not safe. */
  long forgetOldest() {
    Chunk first = chunks.removeFirst();
    bytes -= first.size();
    coveredFromMillis = first.lastMillis + 1;
    return Math.max(0, first.endSeq() - Math.max(safeSeq, first.firstSeq));
  }

  /** Collects events of several arrays. */
  private static final class Reading {
    private final long from;
    private final int mostBytes;
    private final List<FeedEvent> events = new ArrayList<>();
    private long firstMillis;
    private int bytes;

    Reading(long from, int mostBytes) {
      this.from = from;
      this.mostBytes = mostBytes;
    }

    boolean isFull() {
      return bytes >= mostBytes;
    }

    void add(List<FeedEvent> group, long receivedMillis, int length) {
      if (events.isEmpty()) {
        firstMillis = receivedMillis;
      }
      events.addAll(group);
      bytes += length;
    }

    Slice slice() {
      return new Slice(from, firstMillis, events, bytes);
    }
  }

  /** Groups of events one after another, each behind its head. */
  private static final class Chunk {
    private final byte[] bytes;
    private final ByteBuffer view;
    private final long firstSeq;
    private final long firstMillis;
    private long lastMillis;
    private int count;

    Chunk(int capacity, long firstSeq, long firstMillis) {
      this.bytes = new byte[capacity];
      this.view = ByteBuffer.wrap(bytes);
      this.firstSeq = firstSeq;
      this.firstMillis = firstMillis;
    }

    int size() {
      return bytes.length + OBJECT_BYTES;
    }

    boolean fits(int needed) {
      return view.remaining() >= needed;
    }

    long endSeq() {
      return firstSeq + count;
    }

    void append(Buffer encoded, int events, long receivedMillis) {
      view.putLong(receivedMillis).putInt(events).putInt(encoded.length());
      encoded.getBytes(bytes, view.position());
      view.position(view.position() + encoded.length());
      lastMillis = receivedMillis;
      count += events;
    }

    long seqFrom(long millis) {
      long seq = firstSeq;
      for (int at = 0; at < view.position(); at += HEAD_BYTES + length(at)) {
        if (view.getLong(at) >= millis) {
          return seq;
        }
        seq += events(at);
      }
      return seq;
    }

    void read(Reading reading) {
      long seq = firstSeq;
      for (int at = 0; at < view.position() && !reading.isFull(); at += HEAD_BYTES + length(at)) {
        int events = events(at);
        if (seq + events > reading.from) {
          Buffer encoded =
              Buffer.buffer(length(at)).appendBytes(bytes, at + HEAD_BYTES, length(at));
          List<FeedEvent> group = FeedEventCodec.read(encoded, 0, events);
          int skipped = (int) Math.max(0, reading.from - seq);
          reading.add(group.subList(skipped, events), view.getLong(at), encoded.length());
        }
        seq += events;
      }
    }

    private int events(int at) {
      return view.getInt(at + Long.BYTES);
    }

    private int length(int at) {
      return view.getInt(at + Long.BYTES + Integer.BYTES);
    }
  }
}
