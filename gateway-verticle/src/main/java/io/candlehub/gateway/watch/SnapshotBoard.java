package io.candlehub.gateway.watch;

import io.candlehub.cluster.Registration;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The newest value of each instrument, for readers of every change and for readers of consolidated snapshots.
 *
 * <p>A change reaches the former at once. The latter get, one window after the first change, all that changed within it
 * in its newest form: so at most one snapshot per window, none while nothing changes, and nothing older than a window. A
 * reader's first snapshot is full and comes with the next window. Without readers of snapshots no timer runs.
 *
 * <p>A reader must not throw. Confined to one event loop.
 *
 * @param <V> the values, immutable
 */
public final class SnapshotBoard<V> {
  private final Scheduler scheduler;
  private final Duration window;
  private final Map<Instrument, V> values = new LinkedHashMap<>();
  private final Set<Instrument> changed = new LinkedHashSet<>();
  private final Set<Instrument> removed = new LinkedHashSet<>();
  private final Set<TickReader<V>> tickReaders = new LinkedHashSet<>();
  private final Set<SnapshotReader<V>> snapshotReaders = new LinkedHashSet<>();
  private boolean armed;
  private long number;
  private long conflated;

  /**
   * Creates an empty board.
   *
   * @param scheduler runs the board's timer on its event loop, by the wall clock
   * @param window shortest time between two snapshots, 100 ms for {@code market:snapshot}
   */
  public SnapshotBoard(Scheduler scheduler, Duration window) {
    this.scheduler = scheduler;
    this.window = window;
  }

  private static final class TickReader<V> {
    private final BiConsumer<Instrument, V> sink;
    private boolean gone;

    TickReader(BiConsumer<Instrument, V> sink) {
      this.sink = sink;
    }
  }

  private static final class SnapshotReader<V> {
    private final Consumer<Snapshot<V>> sink;
    private boolean started;
    private boolean gone;

    SnapshotReader(Consumer<Snapshot<V>> sink) {
      this.sink = sink;
    }
  }

  /** Adds a reader of every change from now on. */
  public Registration onTick(BiConsumer<Instrument, V> sink) {
    TickReader<V> reader = new TickReader<>(sink);
    tickReaders.add(reader);
    return () -> {
      reader.gone = true;
      tickReaders.remove(reader);
    };
  }

  /** Adds a reader of snapshots; its first one is full. */
  public Registration onSnapshot(Consumer<Snapshot<V>> sink) {
    SnapshotReader<V> reader = new SnapshotReader<>(sink);
    snapshotReaders.add(reader);
    arm();
    return () -> {
      reader.gone = true;
      snapshotReaders.remove(reader);
      if (snapshotReaders.isEmpty()) {
        settle();
      }
    };
  }

  /** Takes a newer value. */
  public void put(Instrument instrument, V value) {
    values.put(instrument, value);
    if (!snapshotReaders.isEmpty()) {
      conflated += changed.add(instrument) ? 0 : 1;
      removed.remove(instrument);
      arm();
    }
    for (TickReader<V> reader : List.copyOf(tickReaders)) {
      if (!reader.gone) {
        reader.sink.accept(instrument, value);
      }
    }
  }

  /** Forgets an instrument; readers of snapshots are told. */
  public void remove(Instrument instrument) {
    if (values.remove(instrument) != null && !snapshotReaders.isEmpty()) {
      changed.remove(instrument);
      removed.add(instrument);
      arm();
    }
  }

  /** Returns how many instruments have a value. */
  public int size() {
    return values.size();
  }

  private void arm() {
    if (!armed) {
      armed = true;
      scheduler.after(window, this::send);
    }
  }

  private void send() {
    armed = false;
    List<SnapshotReader<V>> readers = List.copyOf(snapshotReaders);
    if (readers.isEmpty()) {
      return;
    }
    number++;
    boolean anything = !changed.isEmpty() || !removed.isEmpty();
    Snapshot<V> part = part();
    settle();
    for (SnapshotReader<V> reader : readers) {
      if (!reader.gone && !reader.started) {
        reader.started = true;
        reader.sink.accept(new Snapshot<>(number, true, values, Set.of(), part.conflated()));
      } else if (!reader.gone && anything) {
        reader.sink.accept(part);
      }
    }
  }

  private Snapshot<V> part() {
    Map<Instrument, V> newer = new LinkedHashMap<>();
    changed.forEach(instrument -> newer.put(instrument, values.get(instrument)));
    return new Snapshot<>(number, false, newer, removed, conflated);
  }

  private void settle() {
    changed.clear();
    removed.clear();
    conflated = 0;
  }
}
