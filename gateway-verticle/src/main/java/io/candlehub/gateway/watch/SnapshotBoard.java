package io.candlehub.gateway.watch;

import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The newest value of each instrument for a reader of consolidated snapshots.
 *
 * <p>The reader gets, one window after the first change, all that changed within it in its newest form: so at most one
 * snapshot per window, none while nothing changes, and nothing older than a window. Its first snapshot is full and comes
 * with the first window. While it cannot be written nothing is queued; when it can again it gets one snapshot with all
 * that changed meanwhile.
 *
 * <p>Confined to one event loop.
 *
 * @param <V> the values, immutable
 */
public final class SnapshotBoard<V> {
  private final Scheduler scheduler;
  private final Duration window;
  private final BooleanSupplier writable;
  private final Consumer<Snapshot<V>> reader;
  private final Map<Instrument, V> values = new LinkedHashMap<>();
  private final Set<Instrument> changed = new LinkedHashSet<>();
  private final Set<Instrument> removed = new LinkedHashSet<>();
  private Scheduler.Cancellable timer;
  private boolean armed;
  private boolean due;
  private long number;
  private long conflated;

  /**
   * Creates an empty board, whose first snapshot comes after a window.
   *
   * @param scheduler runs the board's timer on its event loop, by the wall clock
   * @param window shortest time between two snapshots, 100 ms for {@code market:snapshot}
   * @param writable whether the reader can take a snapshot now
   * @param reader gets snapshots; must not throw
   */
  public SnapshotBoard(
      Scheduler scheduler,
      Duration window,
      BooleanSupplier writable,
      Consumer<Snapshot<V>> reader) {
    this.scheduler = scheduler;
    this.window = window;
    this.writable = writable;
    this.reader = reader;
    armed = true;
    timer = scheduler.after(window, this::send);
  }

  /** Takes a newer value. */
  public void put(Instrument instrument, V value) {
    values.put(instrument, value);
    conflated += changed.add(instrument) ? 0 : 1;
    removed.remove(instrument);
    arm();
  }

  /** Forgets an instrument; the reader is told. */
  public void remove(Instrument instrument) {
    if (values.remove(instrument) != null) {
      changed.remove(instrument);
      removed.add(instrument);
      arm();
    }
  }

  /** Sends what is due; to be called when the reader can be written again. */
  public void flush() {
    if (due) {
      send();
    }
  }

  /** Sends nothing more. */
  public void close() {
    timer.cancel();
    armed = true;
    due = false;
  }

  private void arm() {
    if (!armed) {
      armed = true;
      timer = scheduler.after(window, this::send);
    }
  }

  private void send() {
    due = !writable.getAsBoolean();
    if (due) {
      return;
    }
    armed = false;
    boolean full = number == 0;
    number++;
    Snapshot<V> snapshot = full
        ? new Snapshot<>(number, true, values, Set.of(), conflated)
        : new Snapshot<>(number, false, newer(), removed, conflated);
    changed.clear();
    removed.clear();
    conflated = 0;
    // The next window begins with the first change after this.
    reader.accept(snapshot);
  }

  private Map<Instrument, V> newer() {
    Map<Instrument, V> newer = new LinkedHashMap<>();
    changed.forEach(instrument -> newer.put(instrument, values.get(instrument)));
    return newer;
  }
}
