package io.candlehub.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parsed files of one dataset that were used last.
 *
 * <p>Threads: safe anywhere; a file is read once even if several ask for it.
 *
 * @param <T> what a ticker has in a file
 */
final class DayShelf<T> {
  private static final Logger LOG = LoggerFactory.getLogger(DayShelf.class);

  private final FlatFiles files;
  private final String dataset;
  private final int capacity;
  private final Reader<T> reader;
  private final Map<LocalDate, Map<String, T>> kept = new LinkedHashMap<>(16, 0.75f, true);

  DayShelf(FlatFiles files, String dataset, int capacity, Reader<T> reader) {
    this.files = files;
    this.dataset = dataset;
    this.capacity = capacity;
    this.reader = reader;
  }

  /** Returns the dataset whose files are kept. */
  String dataset() {
    return dataset;
  }

  /** Returns what a file holds, by ticker; nothing if there is no such file or it cannot be read. May block. */
  synchronized Map<String, T> of(LocalDate date) {
    try {
      return require(date);
    } catch (IOException e) {
      LOG.error(
          "file not readable [dataset: {}, date: {}, reason: {}]", dataset, date, e.toString());
      keep(date, Map.of());
      return Map.of();
    }
  }

  /**
   * Returns what a file holds, by ticker; nothing if there is no such file. May block.
   *
   * @throws IOException if the file cannot be read
   */
  synchronized Map<String, T> require(LocalDate date) throws IOException {
    Map<String, T> found = kept.get(date);
    if (found == null) {
      Optional<Path> file = files.file(dataset, date);
      found = file.isPresent() ? reader.read(file.get()) : Map.of();
      keep(date, found);
    }
    return found;
  }

  private void keep(LocalDate date, Map<String, T> found) {
    kept.put(date, found);
    while (kept.size() > capacity) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  /** Parses a file. */
  interface Reader<T> {
    /** Returns what a file holds, by ticker. */
    Map<String, T> read(Path file) throws IOException;
  }
}
