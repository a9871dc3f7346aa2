package io.candlehub.hub.candle;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.TradeEvent;
import java.util.Map;
import java.util.TreeMap;

/** Puts a day of trades and keeps every bar as it was when it left the window. */
final class TapeReplay {
  private final TradeMinutes minutes =
      new TradeMinutes(SaleConditions.documented(AssetClass.EQUITY));
  private final Map<Long, Bar> bars = new TreeMap<>();
  private long trades;

  void put(TradeEvent trade) {
    trades++;
    minutes
        .put(trade)
        .ifPresent(start -> bars.put(start, minutes.bar(start, BarState.FINAL).orElseThrow()));
  }

  long trades() {
    return trades;
  }

  Map<Long, Bar> bars() {
    return bars;
  }
}
