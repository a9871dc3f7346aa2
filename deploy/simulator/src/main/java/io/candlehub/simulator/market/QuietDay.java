package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;

/** A day on which nothing happens to a symbol. */
record QuietDay(String ticker, TradingDay day) implements SymbolDay {
  @Override
  public Bars minutes() {
    return Bars.empty();
  }

  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    return Bars.empty();
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
