package io.candlehub.simulator.replay;

import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Trades;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads trades and quotes of many tickers from one file. Rows must ascend per ticker; one that does not is skipped. */
final class TickTables {
  private TickTables() {}

  /** Reads a trade file; trades that were cancelled ({@code correction} other than 0 and 1) are left out. */
  static Map<String, Trades> trades(Path file) throws IOException {
    Map<String, Trades> byTicker = new HashMap<>();
    Map<String, String> known = new HashMap<>();
    CsvFile.read(file, row -> {
      if (row.whole("correction", 0) > 1) {
        return;
      }
      long nanos = row.whole("sip_timestamp");
      double price = row.number("price");
      long size = row.whole("size", 0);
      Trades trades = byTicker.computeIfAbsent(row.text("ticker"), t -> new Trades(4_096));
      if (trades.size() > 0 && nanos < trades.nanos(trades.size() - 1)) {
        throw new IllegalArgumentException("out of order");
      }
      trades.add(nanos, price, size, row.whole("sequence_number", trades.size() + 1L));
      String conditions = row.text("conditions").replace(" ", "");
      trades.details(
          (int) row.whole("exchange", 0),
          (int) row.whole("tape", 1),
          known.computeIfAbsent(conditions, c -> c));
    });
    return byTicker;
  }

  /** Reads a quote file. */
  static Map<String, Quotes> quotes(Path file) throws IOException {
    Map<String, Quotes> byTicker = new HashMap<>();
    CsvFile.read(file, row -> {
      long nanos = row.whole("sip_timestamp");
      Quotes.Side bid = side(row, "bid");
      Quotes.Side ask = side(row, "ask");
      Quotes quotes = byTicker.computeIfAbsent(row.text("ticker"), t -> new Quotes(4_096));
      if (quotes.size() > 0 && nanos < quotes.nanos(quotes.size() - 1)) {
        throw new IllegalArgumentException("out of order");
      }
      long sequence = row.whole("sequence_number", quotes.size() + 1L);
      quotes.add(nanos, sequence, bid, ask, (int) row.whole("tape", 1));
    });
    return byTicker;
  }

  private static Quotes.Side side(CsvFile row, String name) {
    return new Quotes.Side(row.number(name + "_price", 0), (int) row.whole(name + "_size", 0), (int)
        row.whole(name + "_exchange", 0));
  }
}
