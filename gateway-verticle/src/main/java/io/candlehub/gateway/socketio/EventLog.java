package io.candlehub.gateway.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest events sent to one socket, each with an offset that its client remembers.
 *
 * <p>Threads: confined to the loop of the socket; handed over whole when a client comes back on another loop.
 *
 * <p>Source: "Connection state recovery" of the Socket.IO documentation.
 */
final class EventLog {

  private static final int RADIX = 36;

  private final String privateId;
  private final long maxAgeNanos;
  private final int maxBytes;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private long lastOffset;

  /**
   * Creates an empty log.
   *
   * @param privateId the secret by which the client asks for it
   */
  EventLog(String privateId, RecoveryOptions options) {
    this.privateId = privateId;
    this.maxAgeNanos = options.maxDisconnection().toNanos();
    this.maxBytes = options.logBytes();
  }

  String privateId() {
    return privateId;
  }

  /** Keeps an event and returns it with its offset as its last argument. */
  EncodedPacket keep(EncodedPacket event, long nowNanos) {
    lastOffset++;
    String text = event.text();
    EncodedPacket marked = new EncodedPacket(
        text.substring(0, text.length() - 1) + ",\"" + Long.toString(lastOffset, RADIX) + "\"]",
        event.attachments());
    Entry entry = new Entry(lastOffset, marked, size(marked), nowNanos);
    entries.add(entry);
    bytes += entry.bytes();
    prune(nowNanos);
    return marked;
  }

  /** Returns the events after an offset of this log, or empty if it is none or not all of them are here any more. */
  Optional<List<EncodedPacket>> after(String offset, long nowNanos) {
    prune(nowNanos);
    long last;
    try {
      last = Long.parseLong(offset, RADIX);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (last < 1 || last > lastOffset || last < lastOffset - entries.size()) {
      return Optional.empty();
    }
    List<EncodedPacket> missed = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.offset() > last) {
        missed.add(entry.packet());
      }
    }
    return Optional.of(missed);
  }

  private void prune(long nowNanos) {
    while (!entries.isEmpty()
        && (bytes > maxBytes || nowNanos - entries.peek().atNanos() > maxAgeNanos)) {
      bytes -= entries.remove().bytes();
    }
  }

  private static int size(EncodedPacket packet) {
    return packet.text().length()
        + packet.attachments().stream().mapToInt(part -> part.length()).sum();
  }

  private record Entry(long offset, EncodedPacket packet, int bytes, long atNanos) {}
}
