package io.candlehub.hub;

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
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads the provider's documented flat files of shared market data, by the names of their columns. */
public final class FlatFile {
  private FlatFile() {}

  /**
   * A line.
   *
   * @param columns places of the columns by name
   * @param cells the line's cells
   */
  public record Row(Map<String, Integer> columns, List<String> cells) {
    /** Returns the text of a column. */
    public String get(String column) {
      return cells.get(columns.get(column));
    }

    /** Returns the whole number of a column. */
    public long whole(String column) {
      return Long.parseLong(get(column));
    }

    /** Returns the number of a column. */
    public double number(String column) {
      return Double.parseDouble(get(column));
    }
  }

  /**
   * Reads one day of a data set.
   *
   * @param dataset folder below the root, for example {@code us_stocks_sip/trades_v1}
   * @param day for example {@code 2013-10-07}
   */
  public static void read(Path root, String dataset, String day, Consumer<Row> rows)
      throws IOException {
    Path folder = root.resolve(dataset).resolve(day.substring(0, 4)).resolve(day.substring(5, 7));
    read(folder.resolve(day + ".csv.gz"), rows);
  }

  /** Reads a file. */
  public static void read(Path file, Consumer<Row> rows) throws IOException {
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
