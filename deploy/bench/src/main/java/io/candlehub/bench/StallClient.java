package io.candlehub.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of the stall measurement, whatever it speaks: follows some charts and may stop to read. */
abstract class StallClient {
  private static final byte[] SYMBOL = "\"symbol\":\"BENCH".getBytes(StandardCharsets.US_ASCII);

  private final List<Integer> streams;
  private final Map<Integer, ChartBook> books = new LinkedHashMap<>();
  private final Map<Integer, Long> awaited = new LinkedHashMap<>();
  private final StallCounts counts;
  private final Runnable onJoined;
  private final boolean stalls;
  private byte[] text = new byte[4_096];
  private long resumedNanos;
  private long bytesSinceStall;
  private int loaded;
  private boolean joined;

  StallClient(List<Integer> streams, boolean stalls, StallCounts counts, Runnable onJoined) {
    this.streams = List.copyOf(streams);
    this.stalls = stalls;
    this.counts = counts;
    this.onJoined = onJoined;
    streams.forEach(stream -> books.put(stream, new ChartBook()));
  }

  /** Names what it speaks. */
  abstract String speaks();

  /** Asks for its charts. */
  abstract void follow();

  /** Sends what a client has to send every few seconds, also while it does not read. */
  abstract void keepAlive();

  /** Says whether it reads from the network. */
  abstract void reads(boolean now);

  final List<Integer> streams() {
    return streams;
  }

  final StallCounts counts() {
    return counts;
  }

  /** Tells whether it is one of those that stop to read. */
  final boolean stalls() {
    return stalls;
  }

  /** Tells whether it has a session. */
  final boolean isJoined() {
    return joined;
  }

  final void hasJoined() {
    joined = true;
    counts.connections().joined();
    onJoined.run();
  }

  /** Reads no more. */
  final void stall() {
    bytesSinceStall = 0;
    reads(false);
  }

  /** Reads again; it is current once it has come to these positions. */
  final void resume(List<Long> positions) {
    resumedNanos = System.nanoTime();
    books.forEach((stream, book) -> awaited.put(stream, positions.get(stream)));
    reads(true);
    List.copyOf(books.keySet()).forEach(this::look);
  }

  private void look(int stream) {
    Long position = awaited.get(stream);
    if (position != null && books.get(stream).position() >= position) {
      awaited.remove(stream);
      if (awaited.isEmpty()) {
        counts.current(speaks(), System.nanoTime() - resumedNanos, bytesSinceStall, isCanonical());
      }
    }
  }

  /** Returns true if every series equals the canonical one at its position. */
  final boolean isCanonical() {
    return books.values().stream().allMatch(ChartBook::isCanonical);
  }

  /** Returns true if it has come to these positions. */
  final boolean isAt(List<Long> positions) {
    return books.entrySet().stream()
        .allMatch(book -> book.getValue().position() == positions.get(book.getKey()));
  }

  /** Takes a message that may be a chart's. */
  final void message(ByteBuf message) {
    int length = message.readableBytes();
    if (text.length < length) {
      text = new byte[2 * length];
    }
    message.getBytes(message.readerIndex(), text, 0, length);
    message(text, 0, length);
  }

  /** Takes a message that may be a chart's. */
  final void message(byte[] bytes, int from, int to) {
    int at = ChartBook.indexOf(bytes, from, to, SYMBOL);
    if (at < 0) {
      return;
    }
    int stream = (int) ChartBook.number(bytes, at + SYMBOL.length);
    ChartBook book = books.get(stream);
    if (book == null) {
      counts.connections().failed(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      return;
    }
    bytesSinceStall += to - from;
    boolean first = book.position() < 0;
    counts.message(book.take(bytes, from, to), !stalls);
    if (first && book.position() >= 0 && ++loaded == books.size()) {
      counts.connections().following();
    }
    if (!awaited.isEmpty()) {
      look(stream);
    }
  }

  /** Returns the Socket.IO packets that ask for its charts. */
  final List<String> focuses() {
    List<String> packets = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      String symbol = ChartUpdates.symbol(streams.get(i));
      packets.add("42" + i + "[\"chart:focus\",{\"symbol\":\"" + symbol
          + "\",\"timeframe\":\"1m\",\"chartId\":\"" + symbol + "\"}]");
    }
    return packets;
  }
}
