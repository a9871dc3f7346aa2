package io.candlehub.hub.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encoded pieces of history, bounded by their bytes; what was read longest ago goes first. A piece is found only under
 * the version it was made from. Confined to the hub's event loop.
 */
public final class PieceCache {
  private final long mostBytes;
  private final Map<Object, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Counter hits;
  private final Counter misses;
  private final AtomicLong bytes;

  private record Entry(Object version, EncodedPiece piece) {}

  /**
   * Creates an empty cache.
   *
   * @param mostBytes most bytes to keep, 0 to keep nothing
   */
  public PieceCache(long mostBytes, MeterRegistry registry) {
    this.mostBytes = mostBytes;
    hits = counter(registry, "hit");
    misses = counter(registry, "miss");
    bytes = new AtomicLong();
    Gauge.builder("candlehub.hub.history.pieces.bytes", bytes, AtomicLong::get)
        .description("Bytes of encoded bars kept in memory")
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return Counter.builder("candlehub.hub.history.pieces")
        .description("Months of encoded bars looked for in memory")
        .tag("result", result)
        .register(registry);
  }

  /** Returns the piece of a key, if it was made from this version. */
  Optional<EncodedPiece> find(Object key, Object version) {
    Entry entry = entries.get(key);
    boolean found = entry != null && entry.version.equals(version);
    (found ? hits : misses).increment();
    return found ? Optional.of(entry.piece) : Optional.empty();
  }

  /** Keeps a piece, instead of one of an older version. */
  void put(Object key, Object version, EncodedPiece piece) {
    Entry former = entries.put(key, new Entry(version, piece));
    long total = bytes.get() + piece.bytes() - (former == null ? 0 : former.piece.bytes());
    Iterator<Entry> oldest = entries.values().iterator();
    while (total > mostBytes && oldest.hasNext()) {
      total -= oldest.next().piece.bytes();
      oldest.remove();
    }
    bytes.set(total);
  }
}
