package io.candlehub.gateway.stream;

import io.candlehub.bus.FailureException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one kind that have clients: opened and demanded for the first client, closed a moment after the last.
 *
 * @param <K> what names a stream
 * @param <S> the stream
 */
final class StreamTable<K, S extends SharedStream<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTable.class);

  private final Pace pace;
  private final DemandLease demand;
  private final IntConsumer meter;
  private final BiFunction<K, Runnable, S> maker;
  private final Map<K, S> streams = new HashMap<>();

  /**
   * Creates an empty table.
   *
   * @param meter told how many streams are open
   * @param maker makes the stream of a key, which runs the task when its last client has left
   */
  StreamTable(Pace pace, DemandLease demand, IntConsumer meter, BiFunction<K, Runnable, S> maker) {
    this.pace = pace;
    this.demand = demand;
    this.meter = meter;
    this.maker = maker;
  }

  /** Returns the stream of a key; it is opened if it was not. */
  S of(K key) {
    S stream = streams.get(key);
    return stream == null ? open(key) : stream;
  }

  private S open(K key) {
    S stream = maker.apply(key, () -> unused(key));
    streams.put(key, stream);
    meter.accept(streams.size());
    demand.add(stream.address());
    stream.open().onFailure(failure -> {
      if (close(key, stream)) {
        LOG.info(
            "stream refused [stream: {}, code: {}]",
            stream.address(),
            FailureException.of(failure).code());
      }
    });
    return stream;
  }

  private void unused(K key) {
    find(key)
        .ifPresent(left -> pace.scheduler().after(left.linger(), () -> {
          S stream = streams.get(key);
          if (stream != null && stream.isUnused()) {
            close(key, stream);
          }
        }));
  }

  /** Returns false if it was closed before. */
  private boolean close(K key, S stream) {
    boolean open = streams.remove(key, stream);
    if (open) {
      stream.end();
      meter.accept(streams.size());
      demand.remove(stream.address());
    }
    return open;
  }

  /** Returns the stream of a key if it is open. */
  Optional<S> find(K key) {
    return Optional.ofNullable(streams.get(key));
  }

  void each(Consumer<S> task) {
    List.copyOf(streams.values()).forEach(task);
  }

  /** Lets the streams of shards ask again for what new owners may tell differently. */
  void ownerChanged(Set<Integer> shards) {
    each(stream -> {
      if (shards.contains(stream.shard())) {
        stream.doubt();
        stream.settle();
      }
    });
  }

  int size() {
    return streams.size();
  }

  void closeAll() {
    Map.copyOf(streams).forEach(this::close);
  }
}
