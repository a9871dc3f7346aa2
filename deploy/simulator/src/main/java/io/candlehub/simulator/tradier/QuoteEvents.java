package io.candlehub.simulator.tradier;

import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.stream.Topic;
import io.candlehub.simulator.stream.TopicStream;
import io.vertx.core.json.JsonObject;

/** The changes of bid and offer: prices are numbers, dates texts. */
final class QuoteEvents extends TopicStream {
  private static final long LAG = 25;

  private Quotes quotes = Quotes.empty();

  QuoteEvents(Topic topic) {
    super(topic, Market.Detail.QUOTES, 0);
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
    Quotes.Side bid = quotes.bid(index);
    Quotes.Side ask = quotes.ask(index);
    String date = Long.toString(quotes.millis(index));
    return new JsonObject()
        .put("type", "quote")
        .put("symbol", Symbols.symbol(topic().ticker()))
        .put("bid", bid.price())
        .put("bidsz", bid.size())
        .put("bidexch", Symbols.exchange(bid.exchange()))
        .put("biddate", date)
        .put("ask", ask.price())
        .put("asksz", ask.size())
        .put("askexch", Symbols.exchange(ask.exchange()))
        .put("askdate", date)
        .encode();
  }
}
