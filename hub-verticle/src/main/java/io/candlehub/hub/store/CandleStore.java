package io.candlehub.hub.store;

import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Keeps settled bars of one market, and which days are known to be complete.
 *
 * <p>Called on the hub's event loop; nothing blocks it, and futures complete on the caller's context. Every failure is
 * {@link io.candlehub.bus.Failure#UNAVAILABLE}, retryable; the cause is logged once when the store begins to fail. All
 * writes are idempotent, so a caller may repeat a failed one, before it writes newer values of the same bars.
 */
public interface CandleStore {
  /**
   * Reads bars, oldest first. Sees every write that was done before the call.
   *
   * @param fromMillis first start to return, inclusive
   * @param toMillis last start to return, inclusive
   * @return the bars whose start lies in the range; an empty block if there are none
   */
  Future<BarBlock> read(Instrument instrument, StoreUnit unit, long fromMillis, long toMillis);

  /**
   * Inserts bars, or replaces those with the same start. Writes take effect in the order of the calls, and within a call
   * in the order of the list: the last one wins, whatever its revision.
   *
   * @param bars bars in any order
   * @return done when the bars would survive a crash of this process
   */
  Future<Void> write(Instrument instrument, StoreUnit unit, List<StoredBar> bars);

  /** Returns which days of a range were marked complete; both ends inclusive. */
  Future<Set<LocalDate>> completeDays(
      Instrument instrument, StoreUnit unit, LocalDate from, LocalDate to);

  /**
   * Marks finished exchange days for which the store holds everything the provider has. To be called when the writes of
   * these days are done.
   */
  Future<Void> markComplete(Instrument instrument, StoreUnit unit, Set<LocalDate> days);

  /**
   * Drops bars and marks of one unit of all exchange days before the day of an instant, and gives back the space.
   *
   * @param unit seconds or minutes
   * @param beforeMillis an instant of the oldest day to keep, in market time
   */
  Future<Void> prune(StoreUnit unit, long beforeMillis);

  /** Returns where the market's last quotes are kept. */
  QuoteStore quotes();

  /** Returns where callers' selections are kept. */
  SelectionStore selections();

  /** Returns where the market's last known option chains are kept. */
  ChainStore chains();

  /** Returns the kind of store: {@code embedded} or {@code mongodb}. */
  String kind();

  /** Ends the store after everything asked before; further calls fail. May be called again. */
  Future<Void> close();
}
