package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.stream.Topic;
import io.candlehub.simulator.stream.TopicStream;
import io.vertx.core.json.JsonObject;

/** The day in numbers after every minute of the regular session with trades; numbers are texts. */
final class SummaryEvents extends TopicStream {
  private static final long LAG = 700;

  private final MarketView view;
  private SymbolDay data;
  private String previousClose = "";

  SummaryEvents(Topic topic, MarketView view) {
    super(topic, Market.Detail.BARS, 0);
    this.view = view;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    data = day;
    TradingDay before = view.calendar().previous(day.day().date());
    boolean option = day.ticker().startsWith("O:");
    Bars days =
        option ? Bars.empty() : view.market().days(day.ticker(), before.date(), before.date());
    previousClose = days.size() > 0 ? TradeEvents.number(days.close(0)) : "";
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    int at = day.minutes().firstAtOrAfter(Math.max(day.day().openMillis(), minuteStart - MINUTE));
    if (at < day.minutes().size() && day.minutes().startMillis(at) < minuteStart) {
      push(minuteStart + LAG, at);
    }
  }

  @Override
  protected String write(int index, long dueMillis) {
    Bars minutes = data.minutes();
    int first = minutes.firstAtOrAfter(data.day().openMillis());
    int end = Math.max(
        first + 1, Math.min(index + 1, minutes.firstAtOrAfter(data.day().closeMillis())));
    BarRow whole = minutes.fold(first, end, 0);
    JsonObject event = new JsonObject()
        .put("type", "summary")
        .put("symbol", Symbols.symbol(topic().ticker()))
        .put("open", TradeEvents.number(whole.open()))
        .put("high", TradeEvents.number(whole.high()))
        .put("low", TradeEvents.number(whole.low()))
        .put("prevClose", previousClose);
    if (dueMillis >= data.day().closeMillis() + LAG) {
      event.put("close", TradeEvents.number(whole.close()));
    }
    return event.encode();
  }
}
