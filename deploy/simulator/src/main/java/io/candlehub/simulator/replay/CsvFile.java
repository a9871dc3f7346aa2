package io.candlehub.simulator.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A comma-separated file, packed or not, whose columns are known by the header's names in any case and order.
 *
 * <p>A row that cannot be understood is skipped; how many were is logged once per file. Threads: confined to the reader.
 */
final class CsvFile {
  private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);
  private static final int MOST_COLUMNS = 64;

  private final Map<String, Integer> columns = new HashMap<>();
  private final int[] starts = new int[MOST_COLUMNS];
  private final int[] ends = new int[MOST_COLUMNS];
  private String line = "";
  private int cells;

  private CsvFile() {}

  /**
   * Reads a file.
   *
   * @param path the file
   * @param rows takes each row; valid during the call only, may throw {@link IllegalArgumentException} to skip it
   * @throws IOException if the file cannot be read
   */
  static void read(Path path, Consumer<CsvFile> rows) throws IOException {
    CsvFile file = new CsvFile();
    int skipped = 0;
    try (BufferedReader reader = open(path)) {
      file.header(reader.readLine());
      for (String next = reader.readLine(); next != null; next = reader.readLine()) {
        file.take(next);
        try {
          rows.accept(file);
        } catch (IllegalArgumentException e) {
          skipped++;
        }
      }
    }
    if (skipped > 0) {
      LOG.warn("rows skipped [file: {}, rows: {}]", path.getFileName(), skipped);
    }
  }

  private static BufferedReader open(Path path) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      boolean packed = path.getFileName().toString().endsWith(".gz");
      InputStream plain = packed ? new GZIPInputStream(in, 1 << 16) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void header(String text) throws IOException {
    if (text == null || text.isBlank()) {
      throw new IOException("the file has no header");
    }
    take(text);
    for (int i = 0; i < cells; i++) {
      columns.put(cell(i).strip().toLowerCase(Locale.ROOT), i);
    }
  }

  private void take(String text) {
    line = text;
    cells = 0;
    int at = 0;
    while (at <= text.length() && cells < MOST_COLUMNS) {
      int end;
      if (at < text.length() && text.charAt(at) == '"') {
        int quote = text.indexOf('"', at + 1);
        quote = quote < 0 ? text.length() : quote;
        starts[cells] = at + 1;
        ends[cells] = quote;
        end = text.indexOf(',', quote);
      } else {
        end = text.indexOf(',', at);
        starts[cells] = at;
        ends[cells] = end < 0 ? text.length() : end;
      }
      cells++;
      if (end < 0) {
        return;
      }
      at = end + 1;
    }
  }

  private String cell(int i) {
    return line.substring(starts[i], ends[i]);
  }

  /** Returns the text of a column; empty if the row or the file has none. */
  String text(String column) {
    Integer i = columns.get(column);
    return i == null || i >= cells ? "" : cell(i);
  }

  /** Returns the number of a column. */
  double number(String column) {
    String text = text(column);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(column + " is empty");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(column + " is not finite");
    }
    return value;
  }

  /** Returns the number of a column, or another one if it is empty. */
  double number(String column, double fallback) {
    return text(column).isEmpty() ? fallback : number(column);
  }

  /** Returns the whole number of a column. */
  long whole(String column) {
    return Long.parseLong(text(column));
  }

  /** Returns the whole number of a column, or another one if it is empty. */
  long whole(String column, long fallback) {
    String text = text(column);
    return text.isEmpty() ? fallback : (long) Double.parseDouble(text);
  }
}
