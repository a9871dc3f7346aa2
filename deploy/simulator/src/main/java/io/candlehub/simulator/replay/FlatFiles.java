package io.candlehub.simulator.replay;

import io.candlehub.model.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which flat files of shares a folder holds, by dataset and date. Immutable, safe anywhere. */
final class FlatFiles {
  static final String MINUTES = "minute_aggs_v1";
  static final String SECONDS = "second_aggs_v1";
  static final String DAYS = "day_aggs_v1";
  static final String DAYS_BY_TICKER = "day_aggs_by_ticker";
  static final String TRADES = "trades_v1";
  static final String QUOTES = "quotes_v1";
  static final String MINUTE_END_QUOTES = "quotes_minute_end";
  private static final String PREFIX = "us_stocks_sip";
  private static final List<String> DATASETS =
      List.of(MINUTES, SECONDS, DAYS, TRADES, QUOTES, MINUTE_END_QUOTES);
  private static final String KEY = "simulator.replay-path";
  private static final int DEPTH = 12;

  private final Map<String, NavigableMap<LocalDate, Path>> byDate = new HashMap<>();
  private final Map<String, Path> byTicker = new TreeMap<>();
  private Optional<Path> splits = Optional.empty();

  private FlatFiles() {}

  /**
   * Looks through a folder.
   *
   * @throws SettingException if it cannot be read or holds no bars or trades of shares
   */
  static FlatFiles scan(Path folder) {
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      throw new SettingException(KEY, folder.toString(), "a folder that exists and can be read");
    }
    FlatFiles files = new FlatFiles();
    try (Stream<Path> found = Files.walk(folder.toAbsolutePath().normalize(), DEPTH)) {
      found.filter(Files::isRegularFile).sorted().forEach(files::take);
    } catch (IOException | UncheckedIOException e) {
      throw new SettingException(
          KEY, folder.toString(), "a folder that can be read (" + e.getMessage() + ")");
    }
    if (files.intradayDates().isEmpty()) {
      throw new SettingException(
          KEY,
          folder.toString(),
          "a folder with " + PREFIX + "/" + MINUTES + "/YYYY/MM/YYYY-MM-DD.csv.gz or the like");
    }
    return files;
  }

  private void take(Path file) {
    String name = file.getFileName().toString();
    String stem = name.replaceFirst("\\.csv(\\.gz)?$", "");
    if (stem.equals(name)) {
      return;
    }
    if (stem.equals("splits")) {
      splits = Optional.of(file);
      return;
    }
    String dataset = dataset(file);
    if (dataset.equals(DAYS_BY_TICKER)) {
      byTicker.put(stem, file);
    } else if (DATASETS.contains(dataset)) {
      try {
        LocalDate date = LocalDate.parse(stem);
        byDate.computeIfAbsent(dataset, d -> new TreeMap<>()).put(date, file);
      } catch (DateTimeException e) {
        return;
      }
    }
  }

  private static String dataset(Path file) {
    for (int i = 0; i + 2 < file.getNameCount(); i++) {
      if (file.getName(i).toString().equals(PREFIX)) {
        return file.getName(i + 1).toString();
      }
    }
    return "";
  }

  /** Returns the file of a dataset and date. */
  Optional<Path> file(String dataset, LocalDate date) {
    return Optional.ofNullable(all(dataset).get(date));
  }

  /** Returns the files of a dataset by date. */
  NavigableMap<LocalDate, Path> all(String dataset) {
    return byDate.getOrDefault(dataset, Collections.emptyNavigableMap());
  }

  /** Returns the whole daily history files by ticker. */
  Map<String, Path> byTicker() {
    return Collections.unmodifiableMap(byTicker);
  }

  /** Returns the file of splits. */
  Optional<Path> splits() {
    return splits;
  }

  /** Returns the dates with bars or trades inside the day. */
  NavigableSet<LocalDate> intradayDates() {
    NavigableSet<LocalDate> dates = new TreeSet<>(all(MINUTES).keySet());
    dates.addAll(all(SECONDS).keySet());
    dates.addAll(all(TRADES).keySet());
    return dates;
  }
}
