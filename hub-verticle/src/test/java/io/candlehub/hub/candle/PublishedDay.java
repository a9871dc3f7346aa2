package io.candlehub.hub.candle;

import io.candlehub.hub.FlatFile;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.TradeEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One day of stock trades and minute bars in the provider's documented flat-file layout. */
final class PublishedDay {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path root;
  private final String day;

  PublishedDay(Path root, String day) {
    this.root = root;
    this.day = day;
  }

  /** Replays every ticker of the trade file. */
  Map<String, TapeReplay> replay() throws IOException {
    Map<String, TapeReplay> replays = new HashMap<>();
    FlatFile.read(
        root,
        "us_stocks_sip/trades_v1",
        day,
        row -> replays
            .computeIfAbsent(row.get("ticker"), absent -> new TapeReplay())
            .put(trade(row)));
    return replays;
  }

  private static TradeEvent trade(FlatFile.Row row) {
    String conditions = row.get("conditions");
    return new TradeEvent(
        Instrument.of(row.get("ticker")),
        Long.parseLong(row.get("sip_timestamp")) / NANOS_PER_MILLI,
        Long.parseLong(row.get("sequence_number")),
        Integer.parseInt(row.get("exchange")),
        Double.parseDouble(row.get("price")),
        Double.parseDouble(row.get("size")),
        conditions.isEmpty()
            ? List.of()
            : Stream.of(conditions.split(",")).map(Integer::valueOf).toList());
  }

  /** Returns the published bars of a ticker by start: o, h, l, c, v. */
  Map<Long, double[]> bars(String ticker) throws IOException {
    Map<Long, double[]> bars = new TreeMap<>();
    FlatFile.read(root, "us_stocks_sip/minute_aggs_v1", day, row -> {
      if (row.get("ticker").equals(ticker)) {
        bars.put(
            Long.parseLong(row.get("window_start")) / NANOS_PER_MILLI,
            Stream.of("open", "high", "low", "close", "volume")
                .mapToDouble(column -> Double.parseDouble(row.get(column)))
                .toArray());
      }
    });
    return bars;
  }
}
