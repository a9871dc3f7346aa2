package io.candlehub.hub.option;

import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** One day of published option quotes and bars, as known at an instant. */
final class OptionDay {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path root;
  private final String day;
  private final String optionRoot;
  private final long untilNanos;

  OptionDay(Path root, String day, String optionRoot, long atMillis) {
    this.root = root;
    this.day = day;
    this.optionRoot = optionRoot;
    untilNanos = atMillis * NANOS_PER_MILLI;
  }

  /** Returns a snapshot of every contract that was quoted until then. */
  List<SnapshotLeg> legs() throws IOException {
    Map<String, Double> volumes = new HashMap<>();
    read("us_options_opra/minute_aggs_v1", row -> {
      if (contract(row).isPresent() && Long.parseLong(row.get("window_start")) < untilNanos) {
        volumes.merge(row.get("ticker"), number(row, "volume"), Double::sum);
      }
    });
    Map<String, SnapshotLeg> newest = new HashMap<>();
    read(
        "us_options_opra/quotes_v1",
        row -> contract(row).ifPresent(contract -> {
          long nanos = Long.parseLong(row.get("sip_timestamp"));
          if (nanos <= untilNanos) {
            newest.put(row.get("ticker"), leg(row, contract, nanos, volumes));
          }
        }));
    return new ArrayList<>(newest.values());
  }

  private static SnapshotLeg leg(
      Map<String, String> row, OptionContract contract, long nanos, Map<String, Double> volumes) {
    return new SnapshotLeg(
        OptionTerms.of(contract),
        number(row, "bid_price"),
        number(row, "ask_price"),
        number(row, "bid_size"),
        number(row, "ask_size"),
        Double.NaN,
        volumes.getOrDefault(row.get("ticker"), 0.0),
        Double.NaN,
        Double.NaN,
        Greeks.NONE,
        nanos / NANOS_PER_MILLI,
        nanos / NANOS_PER_MILLI,
        "replay",
        "",
        Set.of());
  }

  private Optional<OptionContract> contract(Map<String, String> row) {
    return OptionContract.of(Instrument.of(row.get("ticker")))
        .filter(contract -> contract.root().equals(optionRoot));
  }

  /** Returns the close of the underlying's last minute before then. */
  double spot() throws IOException {
    boolean isIndex = optionRoot.startsWith("SPX");
    String ticker = isIndex ? "I:SPX" : optionRoot;
    double[] last = {Double.NaN};
    read(isIndex ? "us_indices/minute_aggs_v1" : "us_stocks_sip/minute_aggs_v1", row -> {
      if (row.get("ticker").equals(ticker)
          && Long.parseLong(row.get("window_start")) < untilNanos) {
        last[0] = number(row, "close");
      }
    });
    return last[0];
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private void read(String dataset, Consumer<Map<String, String>> consumer) throws IOException {
    Path file = root.resolve(dataset)
        .resolve(day.substring(0, 4))
        .resolve(day.substring(5, 7))
        .resolve(day + ".csv.gz");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] columns = lines.readLine().split(",", -1);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
          row.put(columns[i], cells[i]);
        }
        consumer.accept(row);
      }
    }
  }
}
