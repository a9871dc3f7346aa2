package io.candlehub.simulator.replay;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bars of many tickers read from one aggregate file. The files have no average price; the mean of open, high, low and close
 * stands in for it.
 */
final class BarTable {
  private final Map<String, Bars> byTicker = new HashMap<>();

  private BarTable() {}

  static BarTable read(Path file) throws IOException {
    BarTable table = new BarTable();
    CsvFile.read(file, table::add);
    table.byTicker.replaceAll((ticker, bars) -> ascending(bars));
    return table;
  }

  private void add(CsvFile row) {
    long start = row.whole("window_start") / 1_000_000;
    double open = row.number("open");
    double high = row.number("high");
    double low = row.number("low");
    double close = row.number("close");
    double volume = row.number("volume", 0);
    if (low <= 0 || high < Math.max(open, close) || low > Math.min(open, close) || volume < 0) {
      throw new IllegalArgumentException("not a bar");
    }
    String ticker = row.text("ticker");
    Bars bars = byTicker.get(ticker);
    if (bars == null) {
      bars = new Bars(512);
      byTicker.put(ticker, bars);
    }
    bars.add(start, open, high, low, close, volume);
    double vwap = row.number("vwap", (open + high + low + close) / 4);
    bars.trades(JsonText.round6(vwap), (int) row.whole("transactions", 0));
  }

  static Bars ascending(Bars bars) {
    boolean sorted = true;
    for (int i = 1; i < bars.size() && sorted; i++) {
      sorted = bars.startMillis(i - 1) < bars.startMillis(i);
    }
    if (sorted) {
      return bars;
    }
    List<BarRow> rows = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      rows.add(bars.row(i));
    }
    rows.sort(Comparator.comparingLong(BarRow::startMillis));
    Bars ordered = new Bars(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      boolean replaced =
          i + 1 < rows.size() && rows.get(i + 1).startMillis() == rows.get(i).startMillis();
      if (!replaced) {
        ordered.add(rows.get(i));
      }
    }
    return ordered;
  }

  Map<String, Bars> byTicker() {
    return byTicker;
  }
}
