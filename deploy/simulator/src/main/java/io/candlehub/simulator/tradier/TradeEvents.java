package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.stream.Topic;
import io.candlehub.simulator.stream.TopicStream;
import io.vertx.core.json.JsonObject;

/**
 * Trades in three kinds: {@code trade} of the regular session, {@code tradex} of all, {@code timesale} with the quote
 * before each. Numbers are texts. The values of an index come as trades of nothing.
 */
final class TradeEvents extends TopicStream {
  private static final long LAG = 40;

  private SymbolDay data;
  private Trades trades = Trades.empty();
  private Quotes quotes = Quotes.empty();
  private double[] volumes = new double[0];
  private double volumeBefore;
  private int minutesBefore;

  TradeEvents(Topic topic) {
    super(
        topic, topic.channel().equals("timesale") ? Market.Detail.QUOTES : Market.Detail.TRADES, 0);
  }

  @Override
  protected void beginDay(SymbolDay day) {
    data = day;
    trades = Trades.empty();
    volumeBefore = 0;
    minutesBefore = 0;
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    boolean index = day.ticker().startsWith("I:");
    trades = index ? values(day, minuteStart) : day.trades(minuteStart, minuteStart + MINUTE);
    boolean wantsQuotes = topic().channel().equals("timesale");
    quotes = wantsQuotes && trades.size() > 0
        ? day.quotes(minuteStart - MINUTE, minuteStart + MINUTE)
        : Quotes.empty();
    Bars minutes = day.minutes();
    while (minutesBefore < minutes.size() && minutes.startMillis(minutesBefore) < minuteStart) {
      volumeBefore += minutes.volume(minutesBefore++);
    }
    volumes = new double[trades.size()];
    double volume = volumeBefore;
    for (int i = 0; i < trades.size(); i++) {
      volume += trades.shares(i);
      volumes[i] = volume;
      boolean regular = session(trades.millis(i)).equals("normal");
      if (regular || !topic().channel().equals("trade")) {
        push(trades.millis(i) + LAG, i);
      }
    }
  }

  private static Trades values(SymbolDay day, long minuteStart) {
    Bars seconds = day.seconds(minuteStart, minuteStart + MINUTE);
    Trades values = new Trades(seconds.size());
    for (int i = 0; i < seconds.size(); i++) {
      values.add((seconds.startMillis(i) + 1_000) * 1_000_000, seconds.close(i), 0, i + 1L);
    }
    return values;
  }

  private String session(long millis) {
    TradingDay day = data.day();
    if (millis < day.openMillis()) {
      return "pre";
    }
    boolean option = data.ticker().startsWith("O:");
    return millis < day.closeMillis() || option ? "normal" : "post";
  }

  @Override
  protected String write(int index, long dueMillis) {
    JsonObject event = new JsonObject()
        .put("type", topic().channel())
        .put("symbol", Symbols.symbol(topic().ticker()))
        .put("exch", Symbols.exchange(trades.exchange(index)));
    return (topic().channel().equals("timesale") ? sale(event, index) : trade(event, index))
        .encode();
  }

  private JsonObject trade(JsonObject event, int index) {
    return event
        .put("price", number(trades.price(index)))
        .put("size", Long.toString(trades.shares(index)))
        .put("cvol", number(volumes[index]))
        .put("date", Long.toString(trades.millis(index)))
        .put("last", number(trades.price(index)));
  }

  private JsonObject sale(JsonObject event, int index) {
    int before = quotes.firstAtOrAfter(trades.millis(index)) - 1;
    return event
        .put("bid", before < 0 ? "" : number(quotes.bid(before).price()))
        .put("ask", before < 0 ? "" : number(quotes.ask(before).price()))
        .put("last", number(trades.price(index)))
        .put("size", Long.toString(trades.shares(index)))
        .put("date", Long.toString(trades.millis(index)))
        .put("seq", trades.sequence(index))
        .put("flag", "")
        .put("cancel", false)
        .put("correction", false)
        .put("session", session(trades.millis(index)));
  }

  static String number(double value) {
    StringBuilder out = new StringBuilder();
    JsonText.number(out, value);
    return out.toString();
  }
}
