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
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which flat files of shares, options and indices a folder holds, by dataset and date. Immutable, safe anywhere. */
final class FlatFiles {
  static final String MINUTES = "us_stocks_sip/minute_aggs_v1";
  static final String SECONDS = "us_stocks_sip/second_aggs_v1";
  static final String DAYS = "us_stocks_sip/day_aggs_v1";
  static final String DAYS_BY_TICKER = "us_stocks_sip/day_aggs_by_ticker";
  static final String TRADES = "us_stocks_sip/trades_v1";
  static final String QUOTES = "us_stocks_sip/quotes_v1";
  static final String MINUTE_END_QUOTES = "us_stocks_sip/quotes_minute_end";
  static final String OPTION_MINUTES = "us_options_opra/minute_aggs_v1";
  static final String OPTION_DAYS = "us_options_opra/day_aggs_v1";
  static final String OPTION_TRADES = "us_options_opra/trades_v1";
  static final String OPTION_QUOTES = "us_options_opra/quotes_v1";
  static final String HOURLY_OPTION_QUOTES = "us_options_opra/quotes_hourly";
  static final String OPEN_INTEREST = "us_options_opra/open_interest";
  static final String INDEX_MINUTES = "us_indices/minute_aggs_v1";
  static final String INDEX_DAYS = "us_indices/day_aggs_v1";
  private static final Set<String> PREFIXES =
      Set.of("us_stocks_sip", "us_options_opra", "us_indices");
  private static final Set<String> DATASETS = Set.of(
      MINUTES,
      SECONDS,
      DAYS,
      TRADES,
      QUOTES,
      MINUTE_END_QUOTES,
      OPTION_MINUTES,
      OPTION_DAYS,
      OPTION_TRADES,
      OPTION_QUOTES,
      HOURLY_OPTION_QUOTES,
      OPEN_INTEREST,
      INDEX_MINUTES,
      INDEX_DAYS);
  private static final String KEY = "simulator.replay-path";
  private static final int DEPTH = 12;

  private final Map<String, NavigableMap<LocalDate, Path>> byDate = new HashMap<>();
  private final Map<String, Path> byTicker = new TreeMap<>();
  private Optional<Path> splits = Optional.empty();

  private FlatFiles() {}

  /**
   * Looks through a folder.
   *
   * @throws SettingException if it cannot be read or holds nothing to replay
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
          "a folder with " + MINUTES + "/YYYY/MM/YYYY-MM-DD.csv.gz or the like");
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
      if (PREFIXES.contains(file.getName(i).toString())) {
        return file.getName(i) + "/" + file.getName(i + 1);
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

  /** Returns the dates with anything inside the day. */
  NavigableSet<LocalDate> intradayDates() {
    NavigableSet<LocalDate> dates = new TreeSet<>(all(MINUTES).keySet());
    dates.addAll(all(SECONDS).keySet());
    dates.addAll(all(TRADES).keySet());
    dates.addAll(all(OPTION_MINUTES).keySet());
    dates.addAll(all(OPTION_QUOTES).keySet());
    dates.addAll(all(HOURLY_OPTION_QUOTES).keySet());
    dates.addAll(all(INDEX_MINUTES).keySet());
    return dates;
  }
}
