package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;

/** The changes of a symbol's best bid and offer as they happen. */
final class QuoteStream extends TopicStream {
  private static final long LAG = 10;

  private final EventJson json;
  private Quotes quotes = Quotes.empty();

  QuoteStream(Topic topic, long delayMillis, EventJson json) {
    super(topic, Market.Detail.QUOTES, delayMillis);
    this.json = json;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    quotes = Quotes.empty();
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    quotes = day.quotes(minuteStart, minuteStart + MINUTE);
    for (int i = 0; i < quotes.size(); i++) {
      push(quotes.millis(i) + LAG, i);
    }
  }

  @Override
  protected String write(int index, long dueMillis) {
    return json.quote(topic(), quotes, index);
  }
}
