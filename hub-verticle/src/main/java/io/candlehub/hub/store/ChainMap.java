package io.candlehub.hub.store;

import io.candlehub.bus.FailureException;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The map of chains by underlying and expiration in the file of the embedded store; a value is the wall time at which it
 * was written and the chain's JSON. Confined to the store's worker thread.
 */
final class ChainMap {
  private static final char SEPARATOR = '|';

  private final MVMap<String, byte[]> chains;

  ChainMap(MVStore store) {
    chains = store.openMap(
        "chains",
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  void write(LocalDate expiration, ChainSnapshot chain, long nowMillis) {
    Buffer value = Buffer.buffer().appendLong(nowMillis).appendBuffer(SnapshotJson.chain(chain));
    chains.put(prefix(chain.underlying()) + expiration, value.getBytes());
  }

  Optional<ChainSnapshot> read(Instrument underlying, LocalDate expiration, long oldestMillis) {
    return Optional.ofNullable(chains.get(prefix(underlying.symbol()) + expiration))
        .map(Buffer::buffer)
        .filter(value -> value.getLong(0) >= oldestMillis)
        .flatMap(value -> decode(value.slice(Long.BYTES, value.length())));
  }

  /** Reads a kept chain; one of a form that this version does not know is none. */
  static Optional<ChainSnapshot> decode(Buffer json) {
    try {
      return Optional.of(SnapshotJson.readChain(json));
    } catch (FailureException unreadable) {
      return Optional.empty();
    }
  }

  List<LocalDate> expirations(Instrument underlying, long oldestMillis) {
    String prefix = prefix(underlying.symbol());
    List<LocalDate> found = new ArrayList<>();
    Iterator<String> keys = chains.keyIterator(prefix);
    while (keys.hasNext()) {
      String key = keys.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      if (writtenMillis(chains.get(key)) >= oldestMillis) {
        found.add(LocalDate.parse(key.substring(prefix.length())));
      }
    }
    return found;
  }

  void prune(long oldestMillis) {
    List<String> old = new ArrayList<>();
    chains.forEach((key, value) -> {
      if (writtenMillis(value) < oldestMillis) {
        old.add(key);
      }
    });
    old.forEach(chains::remove);
  }

  private static long writtenMillis(byte[] value) {
    return Buffer.buffer(value).getLong(0);
  }

  private static String prefix(String underlying) {
    return underlying + SEPARATOR;
  }
}
