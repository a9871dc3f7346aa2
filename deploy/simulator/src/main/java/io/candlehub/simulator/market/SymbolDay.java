package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;
import java.util.function.BiFunction;

/**
 * All that happens to one symbol on one trading day.
 *
 * <p>Bars are as first published; {@link #corrections()} says what becomes of them. Implementations are immutable and
 * safe anywhere.
 */
public interface SymbolDay {
  /** Returns the symbol. */
  String ticker();

  /** Returns the trading day. */
  TradingDay day();

  /** Returns the minutes with trades, as first published. */
  Bars minutes();

  /** Returns the seconds with trades that start in a half-open range, as first published. */
  Bars seconds(long fromMillis, long toMillis);

  /** Returns the corrections, ascending by due time. */
  List<Correction> corrections();

  /** Returns the trades of a half-open range, late ones left out. */
  Trades trades(long fromMillis, long toMillis);

  /** Returns the quote changes of a half-open range. */
  Quotes quotes(long fromMillis, long toMillis);

  /** Returns the halts, ascending. */
  List<Halt> halts();

  /** Returns the last quote at or before an instant; without rows if there is none. */
  default Quotes quoteAt(long millis) {
    return lastAt(millis, this::quotes, Quotes.empty());
  }

  /** Returns the last trade at or before an instant; without rows if there is none. */
  default Trades tradeAt(long millis) {
    return lastAt(millis, this::trades, Trades.empty());
  }

  private <T extends Ticks<T>> T lastAt(long millis, BiFunction<Long, Long, T> range, T none) {
    long to = Math.min(millis, day().postCloseMillis()) + 1;
    for (long width = 300_000; to > day().preOpenMillis(); width *= 4) {
      long from = Math.max(day().preOpenMillis(), to - width);
      T found = range.apply(from, to);
      if (found.size() > 0) {
        return found.last();
      }
      to = from;
    }
    return none;
  }

  /** Returns a day on which nothing happens to a symbol. */
  static SymbolDay quiet(String ticker, TradingDay day) {
    return new KnownDay(ticker, day, Bars.empty(), Bars.empty(), Trades.empty(), Quotes.empty());
  }
}
