package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import java.util.List;

/** One index's day: values, nothing traded. */
record IndexDay(String ticker, TradingDay day, Bars minutes, Bars allSeconds) implements SymbolDay {
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
    return Trades.empty();
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    return Quotes.empty();
  }

  @Override
  public List<Halt> halts() {
    return List.of();
  }
}
