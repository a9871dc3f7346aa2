package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Trades;

/** Writes events as the provider does (its WebSocket specification: stocks, options, indices). Confined to one event loop. */
final class EventJson {
  private final StringBuilder out = new StringBuilder(320);

  /** Writes an aggregate of a second ({@code A}) or a minute ({@code AM}). */
  String aggregate(Topic topic, BarRow bar, long endMillis, DayTotals totals) {
    start(topic.channel(), "sym", topic.ticker());
    String market = Topic.marketOf(topic.ticker());
    if (market.equals("indices")) {
      return indexAggregate(bar, endMillis, totals);
    }
    boolean share = market.equals("stocks");
    field("v", bar.volume());
    decimal(share, "dv", bar.volume());
    field("av", totals.volume());
    decimal(share, "dav", totals.volume());
    field("op", totals.officialOpen());
    field("vw", JsonText.round4(bar.vwap()));
    field("o", bar.open());
    field("c", bar.close());
    field("h", bar.high());
    field("l", bar.low());
    field("a", JsonText.round4(totals.vwap()));
    if (bar.count() > 0) {
      whole("z", Math.round(bar.volume() / bar.count()));
    }
    whole("s", bar.startMillis());
    whole("e", endMillis);
    return end();
  }

  private String indexAggregate(BarRow bar, long endMillis, DayTotals totals) {
    field("op", totals.officialOpen());
    field("o", bar.open());
    field("c", bar.close());
    field("h", bar.high());
    field("l", bar.low());
    whole("s", bar.startMillis());
    whole("e", endMillis);
    return end();
  }

  /** Writes the value of an index. */
  String value(Topic topic, double value, long millis) {
    out.setLength(0);
    out.append("{\"ev\":\"V\"");
    field("val", value);
    text("T", topic.ticker());
    whole("t", millis);
    return end();
  }

  /** Writes a trade. */
  String trade(Topic topic, Trades trades, int i) {
    start("T", "sym", topic.ticker());
    boolean share = Topic.marketOf(topic.ticker()).equals("stocks");
    whole("x", trades.exchange(i));
    if (share) {
      text("i", Long.toString(trades.sequence(i)));
      whole("z", trades.tape(i));
    }
    field("p", trades.price(i));
    whole("s", trades.shares(i));
    decimal(share, "ds", (double) trades.shares(i));
    if (!trades.conditions(i).isEmpty()) {
      out.append(",\"c\":[").append(trades.conditions(i)).append(']');
    }
    whole("t", trades.millis(i));
    whole("q", trades.sequence(i));
    return end();
  }

  /** Writes a quote. */
  String quote(Topic topic, Quotes quotes, int i) {
    Quotes.Side bid = quotes.bid(i);
    Quotes.Side ask = quotes.ask(i);
    start("Q", "sym", topic.ticker());
    whole("bx", bid.exchange());
    field("bp", bid.price());
    whole("bs", bid.size());
    whole("ax", ask.exchange());
    field("ap", ask.price());
    whole("as", ask.size());
    boolean share = Topic.marketOf(topic.ticker()).equals("stocks");
    if (share) {
      whole("c", 1);
    }
    whole("t", quotes.millis(i));
    whole("q", quotes.sequence(i));
    if (share) {
      whole("z", quotes.tape(i));
    }
    return end();
  }

  /** Writes a price band; its time is in nanos. */
  String band(Topic topic, PriceBand band) {
    start("LULD", "T", topic.ticker());
    field("h", band.high());
    field("l", band.low());
    out.append(",\"i\":[").append(band.indicator()).append(']');
    whole("z", 1);
    out.append(",\"t\":").append(band.dueMillis() * 1_000_000);
    whole("q", Math.floorMod(band.dueMillis(), 86_400_000L));
    return end();
  }

  private void start(String event, String symbolKey, String ticker) {
    out.setLength(0);
    out.append("{\"ev\":\"").append(event).append("\",\"").append(symbolKey).append("\":\"");
    out.append(ticker).append('"');
  }

  private void whole(String name, long value) {
    out.append(",\"").append(name).append("\":").append(value);
  }

  private void field(String name, double value) {
    out.append(",\"").append(name).append("\":");
    JsonText.number(out, value);
  }

  private void decimal(boolean wanted, String name, double value) {
    if (!wanted) {
      return;
    }
    out.append(",\"").append(name).append("\":");
    JsonText.decimal(out, value);
  }

  private void text(String name, String value) {
    out.append(",\"").append(name).append("\":\"").append(value).append('"');
  }

  private String end() {
    return out.append('}').toString();
  }
}
