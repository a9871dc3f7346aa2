package io.candlehub.simulator.replay;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import java.util.List;

/** One symbol's recorded day, as far as it was read. */
record ReplayDay(
    String ticker,
    TradingDay day,
    Bars minutes,
    Bars allSeconds,
    Trades allTrades,
    Quotes allQuotes)
    implements SymbolDay {
  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    return allSeconds.between(fromMillis, toMillis);
  }

  @Override
  public List<Correction> corrections() {
    return List.of();
  }

  @Override
  public Trades trades(long fromMillis, long toMillis) {
    return allTrades.between(fromMillis, toMillis);
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    return allQuotes.between(fromMillis, toMillis);
  }

  @Override
  public List<Halt> halts() {
    return List.of();
  }
}
