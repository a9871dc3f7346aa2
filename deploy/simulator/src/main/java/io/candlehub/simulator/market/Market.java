package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.option.OptionBook;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A whole market: what is listed and what each symbol does on each day.
 *
 * <p>Threads: safe anywhere. Methods marked so may read files and must not be called on an event loop.
 */
public interface Market {
  /** Returns what identifies this market: two markets with the same id hold the same bars. */
  String id();

  /** Returns the shares and funds, ascending. */
  List<Listing> listings();

  /** Returns the indices, ascending. */
  List<Listing> indices();

  /** Returns the option contracts. */
  OptionBook options();

  /** Returns the listing of a share, a fund, an index ({@code I:}) or an option contract ({@code O:}). */
  Optional<Listing> listing(String ticker);

  /** Returns a symbol's splits, ascending by execution date. */
  List<Split> splits(String ticker);

  /**
   * Returns a symbol's day; one without trades if nothing is known. May block.
   *
   * @param ticker the symbol
   * @param day the trading day
   * @param wanted the parts the caller will read; others may be empty
   */
  SymbolDay day(String ticker, TradingDay day, Detail wanted);

  /** Returns published daily bars, unadjusted, of a range of dates, both included, ascending. May block. */
  Bars days(String ticker, LocalDate from, LocalDate to);

  /** Returns the oldest date with intraday bars as seen from an instant. */
  LocalDate firstIntraday(long nowMillis);

  /** Returns the next trading day with intraday data strictly after a date. */
  Optional<TradingDay> nextIntraday(LocalDate date);

  /** Returns where the clock starts when nothing else is asked for, epoch millis. */
  long startMillis();

  /** Returns the end of the last day, epoch millis; {@link Long#MAX_VALUE} if there is none. */
  long endMillis();

  /**
   * Moves a symbol's price from now on, until the end of the day; what has the symbol's price as its own follows.
   *
   * @return false if this market's prices cannot be moved, or not this symbol's
   */
  default boolean drift(String ticker, Drift drift) {
    return false;
  }

  /** How much of a day is wanted. */
  enum Detail {
    /** Minutes. */
    MINUTES,
    /** Also seconds. */
    BARS,
    /** Also trades. */
    TRADES,
    /** Also quotes. */
    QUOTES
  }
}
