package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reads and writes a day of bars in the provider's documented flat-file layout, independently of the simulator's
 * reader: this is what replayed charts are compared with.
 */
final class FlatFile {
  private static final String HEADER =
      "ticker,volume,open,close,high,low,window_start,transactions";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private FlatFile() {}

  /** One bar of a file. */
  record Row(String ticker, long t, double o, double h, double l, double c, double v) {
    String line() {
      return String.join(
          ",",
          Stream.of(ticker, v, o, c, h, l, t * NANOS_PER_MILLI, "")
              .map(String::valueOf)
              .toList());
    }

    /** Returns the values as a test compares them. */
    String values() {
      return values(t, o, h, l, c, v);
    }

    static String values(long t, double o, double h, double l, double c, double v) {
      return t + " o=" + o + " h=" + h + " l=" + l + " c=" + c + " v=" + v;
    }

    /** Returns the values of a bar as a client received it. */
    static String values(JsonObject bar) {
      return values(
          bar.getLong("t"),
          bar.getDouble("o"),
          bar.getDouble("h"),
          bar.getDouble("l"),
          bar.getDouble("c"),
          bar.getDouble("v"));
    }
  }

  static Path path(Path root, String dataset, LocalDate day) {
    return root.resolve("us_stocks_sip")
        .resolve(dataset)
        .resolve(Integer.toString(day.getYear()))
        .resolve(String.format("%02d", day.getMonthValue()))
        .resolve(day + ".csv.gz");
  }

  static void write(Path file, List<Row> rows) throws IOException {
    Files.createDirectories(file.getParent());
    try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
        new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      out.write(HEADER + "\n");
      for (Row row : rows) {
        out.write(row.line() + "\n");
      }
    }
  }

  /** Returns the bars of one ticker whose start lies in [from, to). */
  static List<Row> read(Path file, String ticker, long fromMillis, long toMillis)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> columns = Arrays.asList(in.readLine().split(",", -1));
      in.lines()
          .map(line -> line.split(",", -1))
          .filter(cells -> cells[columns.indexOf("ticker")].equals(ticker))
          .map(cells -> row(columns, cells))
          .filter(row -> row.t >= fromMillis && row.t < toMillis)
          .forEach(rows::add);
    }
    return rows;
  }

  private static Row row(List<String> columns, String[] cells) {
    return new Row(
        cells[columns.indexOf("ticker")],
        Long.parseLong(cells[columns.indexOf("window_start")]) / NANOS_PER_MILLI,
        Double.parseDouble(cells[columns.indexOf("open")]),
        Double.parseDouble(cells[columns.indexOf("high")]),
        Double.parseDouble(cells[columns.indexOf("low")]),
        Double.parseDouble(cells[columns.indexOf("close")]),
        Double.parseDouble(cells[columns.indexOf("volume")]));
  }

  /** Rolls bars up by the plain definition: first, highest, lowest, last, sum. */
  static List<Row> rollUp(List<Row> rows, long millis) {
    Map<Long, Row> buckets = new TreeMap<>();
    for (Row row : rows) {
      long start = Math.floorDiv(row.t, millis) * millis;
      Row first = new Row(row.ticker, start, row.o, row.h, row.l, row.c, row.v);
      buckets.merge(
          start,
          first,
          (a, b) -> new Row(
              a.ticker, start, a.o, Math.max(a.h, b.h), Math.min(a.l, b.l), b.c, a.v + b.v));
    }
    return List.copyOf(buckets.values());
  }
}
