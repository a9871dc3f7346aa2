package io.candlehub.simulator.synthetic;

import io.candlehub.simulator.market.Listing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The symbols of the invented market, read from the program's own list. */
final class Universe {
  private static final Map<String, Integer> TAPES =
      Map.of("XNYS", 1, "ARCX", 2, "BATS", 2, "XASE", 2, "XNAS", 3);

  private Universe() {}

  /** Reads the list, by ticker. */
  static SortedMap<String, Symbol> load() {
    SortedMap<String, Symbol> symbols = new TreeMap<>();
    try (InputStream in = Universe.class.getResourceAsStream("symbols.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          Symbol symbol = parse(line.split("\\|", -1));
          symbols.put(symbol.listing().ticker(), symbol);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableSortedMap(symbols);
  }

  private static Symbol parse(String[] cells) {
    Listing listing = new Listing(cells[0], cells[1], cells[2], cells[3]);
    boolean fund = cells[3].equals("ETF");
    double own = 0.8 + 0.8 * Noise.unit(Noise.key(11, cells[0]));
    return new Symbol(
        listing,
        Math.round(Double.parseDouble(cells[4]) * 100),
        Math.round(Double.parseDouble(cells[5]) * 1_000),
        TAPES.getOrDefault(cells[2], 1),
        fund ? own * 0.6 : own);
  }
}
