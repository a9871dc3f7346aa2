package io.candlehub.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that wait to be published, in their order. Beyond a number, and after a lost connection, only the newest of a
 * channel waits: its receivers see by its position that something is missing and ask for it, which they would not if the
 * newest were the one that is dropped. Beyond a number of bytes those that wait longest are dropped.
 *
 * <p>Confined to the carrier's event loop.
 */
final class Backlog {
  private final int mostMessages;
  private final long mostBytes;
  private final ArrayDeque<Outgoing> all = new ArrayDeque<>();
  private final Map<String, Outgoing> newest = new LinkedHashMap<>();
  private boolean conflating;
  private long bytes;
  private long replaced;
  private long overflowed;

  Backlog(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  void add(Outgoing message) {
    if (!conflating && (all.size() >= mostMessages || bytes + message.bytes() > mostBytes)) {
      conflate(List.of());
    }
    if (conflating) {
      keepNewest(message);
    } else {
      all.addLast(message);
      bytes += message.bytes();
    }
  }

  /**
   * Keeps the newest message of each channel.
   *
   * @param unanswered messages before those that wait, of which nobody knows whether they arrived
   */
  void conflate(List<Outgoing> unanswered) {
    conflating = true;
    List<Outgoing> later = new ArrayList<>(all);
    later.addAll(newest.values());
    all.clear();
    newest.clear();
    bytes = 0;
    unanswered.forEach(this::keepNewest);
    later.forEach(this::keepNewest);
    conflating = !newest.isEmpty();
  }

  private void keepNewest(Outgoing message) {
    conflating = true;
    Outgoing older = newest.put(message.channel(), message);
    bytes += message.bytes();
    if (older != null) {
      bytes -= older.bytes();
      replaced++;
    }
    while (bytes > mostBytes && newest.size() > 1) {
      bytes -= removeFirst().bytes();
      overflowed++;
    }
  }

  private Outgoing removeFirst() {
    return newest.remove(newest.keySet().iterator().next());
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return all.size() + newest.size();
  }

  /** Takes the message that waits longest; there must be one. */
  Outgoing take() {
    Outgoing first = conflating ? removeFirst() : all.removeFirst();
    bytes -= first.bytes();
    conflating = !newest.isEmpty();
    return first;
  }

  /** Returns how many messages gave way to a newer one, from the begin. */
  long replaced() {
    return replaced;
  }

  /** Returns how many messages were dropped for want of room, from the begin. */
  long overflowed() {
    return overflowed;
  }
}
