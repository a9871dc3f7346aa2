package io.candlehub.simulator.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes small flat files of invented rows in the provider's layout. */
public final class FlatFileFolder {
  /** Header of the aggregate files. */
  public static final String BARS = "ticker,volume,open,close,high,low,window_start,transactions";

  private final Path root;

  /** Creates a folder below a directory. */
  public FlatFileFolder(Path root) {
    this.root = root;
  }

  /** Writes a packed file of a dataset, one of shares or with its prefix, and a date. */
  public FlatFileFolder packed(String dataset, String date, String header, List<String> rows) {
    return write(dataset, date + ".csv.gz", date, header, rows);
  }

  /** Writes a plain file of a dataset and date. */
  public FlatFileFolder plain(String dataset, String date, String header, List<String> rows) {
    return write(dataset, date + ".csv", date, header, rows);
  }

  private FlatFileFolder write(
      String dataset, String name, String date, String header, List<String> rows) {
    Path folder = root.resolve("bucket")
        .resolve(dataset.indexOf('/') > 0 ? dataset : "us_stocks_sip/" + dataset)
        .resolve(date.substring(0, 4))
        .resolve(date.substring(5, 7));
    return file(folder.resolve(name), header, rows);
  }

  /** Writes the file of splits. */
  public FlatFileFolder splits(List<String> rows) {
    return file(
        root.resolve("reference/splits.csv"), "ticker,execution_date,split_from,split_to", rows);
  }

  private FlatFileFolder file(Path file, String header, List<String> rows) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream plain = Files.newOutputStream(file);
          OutputStream out =
              file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
        String text = header + "\n" + String.join("\n", rows) + "\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
