package io.candlehub.simulator.market;

import io.candlehub.model.TradingDay;
import java.util.List;

/** A day of which all is known that there is of it, kinds that nobody wants or that do not exist being empty. */
public record KnownDay(
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
