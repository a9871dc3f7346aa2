package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Instruments of which what was told is doubted, for one provider knows nothing and another one could not say: each is to be
 * asked for again less and less often ({@link Patience}), many together. Confined to the hub's event loop.
 */
final class Doubts {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Scheduler scheduler;
  private final LongSupplier returns;
  private final Consumer<List<Instrument>> again;
  private final Map<Instrument, Patience> patiences = new LinkedHashMap<>();
  private boolean counting;

  /**
   * Creates one without doubts.
   *
   * @param returns how often the first provider has come back
   * @param again called with what is to be asked for now; it stays doubted until it is removed
   */
  Doubts(Scheduler scheduler, LongSupplier returns, Consumer<List<Instrument>> again) {
    this.scheduler = scheduler;
    this.returns = returns;
    this.again = again;
  }

  /** Takes note that an instrument is doubted, or still is. */
  void add(Instrument instrument) {
    patiences.computeIfAbsent(instrument, added -> begun());
    count();
  }

  /** What is doubted in the middle of a minute waits for the end of the next one. */
  private Patience begun() {
    Patience patience = new Patience(returns);
    if (counting) {
      patience.adopt();
    }
    return patience;
  }

  /** Takes note that an instrument is doubted no more. */
  void remove(Instrument instrument) {
    patiences.remove(instrument);
  }

  /** Takes note that instruments are doubted no more, or nobody wants to know. */
  void remove(Predicate<Instrument> chosen) {
    patiences.keySet().removeIf(chosen);
  }

  private void count() {
    if (!counting && !patiences.isEmpty()) {
      counting = true;
      scheduler.after(MINUTE, () -> {
        counting = false;
        onMinute();
      });
    }
  }

  private void onMinute() {
    List<Instrument> due = new ArrayList<>();
    patiences.forEach((instrument, patience) -> {
      if (patience.isOver()) {
        due.add(instrument);
      }
    });
    count();
    again.accept(due);
  }
}
