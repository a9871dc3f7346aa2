package io.candlehub.hub.history;

import io.candlehub.hub.store.StoreUnit;
import io.candlehub.hub.store.StoredBar;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.feed.AggregateEvent;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the hub keeps of its market: settled bars, last quotes and option chains, the newest streamed bars and the
 * market's phase. What is given to it is there for the next reader at once; what must outlive the process is written
 * behind, tried again while the database is down, and meanwhile served from memory.
 *
 * <p>Confined to the hub's event loop; nothing blocks it. Bars are raw, as the provider gives them.
 */
public interface DataStore {
  /**
   * Bars of a range and which of its days are whole.
   *
   * @param bars ascending
   * @param completeDays the exchange days of which the bars are all there are
   */
  record KeptBars(BarBlock bars, Set<LocalDate> completeDays) {
    /** Copies the days. */
    public KeptBars {
      completeDays = Set.copyOf(completeDays);
    }
  }

  /**
   * The market's phase and since when it is known.
   *
   * @param phase the phase
   * @param sinceMillis market time of its first sight, epoch millis
   */
  record MarketPhase(SessionPhase phase, long sinceMillis) {}

  /**
   * Whether the durable part works.
   *
   * @param kind which database: {@code embedded} or {@code mongodb}
   * @param failing true while the last write or read of it failed
   * @param pendingWrites bars and quotes that wait to be written
   * @param lostWrites bars that were not kept because too many waited
   */
  record StoreHealth(String kind, boolean failing, int pendingWrites, long lostWrites) {}

  /**
   * Returns what is kept of a range, both ends inclusive. While the database is down these are the bars that wait to be
   * written, and no day is known to be whole.
   */
  Future<KeptBars> getBars(Instrument instrument, StoreUnit unit, long fromMillis, long toMillis);

  /** Takes the newest streamed bar of an instrument; it gives the last price and the day's volume. */
  void upsertLiveAggregate(AggregateEvent bar);

  /** Takes minute bars that became final, or were revised since. */
  void finalizeCandle(Instrument instrument, List<Bar> bars);

  /**
   * Keeps bars of the past. The caller need not wait: a failure is logged, and the days are asked for again.
   *
   * @param bars in any order
   * @param wholeDays exchange days of which the bars are all there are
   * @return done when they are written, or cannot be
   */
  Future<Void> keepHistory(
      Instrument instrument, StoreUnit unit, List<StoredBar> bars, Set<LocalDate> wholeDays);

  /** Returns the last quotes of the option contracts of an underlying, ordered by symbol. */
  Future<List<Quote>> getChainSnapshot(Instrument underlying);

  /** Takes the newest quote of an instrument. */
  void updateLiveQuote(Quote quote);

  /**
   * Returns the last quote of an instrument, of this run or an earlier one, with the last price of its newest streamed
   * bar if that is newer. Fails with {@link io.candlehub.bus.Failure#UNAVAILABLE} if nothing is known in memory and the
   * database is down.
   */
  Future<Optional<Quote>> getLastQuote(Instrument instrument);

  /** Takes the market's present phase. */
  void updateMarketState(SessionPhase phase);

  /** Returns the market's phase; {@link SessionPhase#CLOSED} since ever before the first one was told. */
  MarketPhase getMarketState();

  /** Returns whether the durable part works. */
  StoreHealth getHealth();

  /** Drops what is older than the retention, and goes on doing so daily. */
  void startPruning();

  /** Writes what waits, as far as the database takes it, and closes it. */
  Future<Void> close();
}
