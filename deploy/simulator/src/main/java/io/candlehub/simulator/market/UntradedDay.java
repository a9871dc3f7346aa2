package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;

/** A day on which a symbol may have values, but is not traded. */
public record UntradedDay(String ticker, TradingDay day, Bars minutes, Bars allSeconds)
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
