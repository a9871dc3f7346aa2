package io.candlehub.hub.candle;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.TradeEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

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
    read(
        "trades_v1",
        row -> replays
            .computeIfAbsent(row.get("ticker"), absent -> new TapeReplay())
            .put(trade(row)));
    return replays;
  }

  private static TradeEvent trade(Row row) {
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
    read("minute_aggs_v1", row -> {
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

  private record Row(Map<String, Integer> columns, List<String> cells) {
    String get(String column) {
      return cells.get(columns.get(column));
    }
  }

  private void read(String dataset, Consumer<Row> rows) throws IOException {
    Path file = root.resolve("us_stocks_sip")
        .resolve(dataset)
        .resolve(day.substring(0, 4))
        .resolve(day.substring(5, 7))
        .resolve(day + ".csv.gz");
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      Map<String, Integer> columns = new HashMap<>();
      cells(in.readLine()).forEach(name -> columns.put(name, columns.size()));
      in.lines().forEach(line -> rows.accept(new Row(columns, cells(line))));
    }
  }

  /** Splits a line at commas outside quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>(16);
    int from = 0;
    while (from <= line.length()) {
      boolean quoted = from < line.length() && line.charAt(from) == '"';
      int end = quoted ? line.indexOf('"', from + 1) + 1 : line.indexOf(',', from);
      end = end < 0 ? line.length() : end;
      cells.add(quoted ? line.substring(from + 1, end - 1) : line.substring(from, end));
      from = end + 1;
    }
    return cells;
  }
}
