package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;

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
    long to = Math.min(millis, day().postCloseMillis()) + 1;
    for (long width = 300_000; to > day().preOpenMillis(); width *= 4) {
      long from = Math.max(day().preOpenMillis(), to - width);
      Quotes found = quotes(from, to);
      if (found.size() > 0) {
        return found.last();
      }
      to = from;
    }
    return Quotes.empty();
  }

  /** Returns the last trade at or before an instant; without rows if there is none. */
  default Trades tradeAt(long millis) {
    long to = Math.min(millis, day().postCloseMillis()) + 1;
    for (long width = 300_000; to > day().preOpenMillis(); width *= 4) {
      long from = Math.max(day().preOpenMillis(), to - width);
      Trades found = trades(from, to);
      if (found.size() > 0) {
        return found.last();
      }
      to = from;
    }
    return Trades.empty();
  }

  /** Returns a day on which nothing happens to a symbol. */
  static SymbolDay quiet(String ticker, TradingDay day) {
    return new QuietDay(ticker, day);
  }
}
