package io.candlehub.hub;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.ChartedBars;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is wanted of one instrument.
 *
 * @param charts the charts that show each instrument's bars
 * @param quotes whose quotes, those of viewed chains' underlyings included
 * @param trades whose trades
 * @param chains what viewers of option chains look at
 */
record Wanted(Set<StreamKey> charts, boolean quotes, boolean trades, Set<ChainFocus> chains) {
  /** Nothing is wanted. */
  static final Wanted NOTHING = new Wanted(Set.of(), false, false, Set.of());

  /** Reads topics, which are addresses; those of instruments that are not served are left out. */
  static Wanted of(Set<String> topics, Predicate<Instrument> isServed) {
    Wanted wanted =
        new Wanted(new HashMap<>(), new HashSet<>(), new HashSet<>(), new LinkedHashSet<>());
    for (String topic : topics) {
      Addresses.parseChart(topic)
          .filter(key -> isServed.test(ChartedBars.of(key).instrument()))
          .ifPresent(key -> wanted
              .charts
              .computeIfAbsent(
                  ChartedBars.of(key).instrument(), instrument -> new LinkedHashSet<>())
              .add(key));
      Addresses.parseQuote(topic).filter(isServed).ifPresent(wanted.quotes::add);
      Addresses.parseTrades(topic).filter(isServed).ifPresent(wanted.trades::add);
      Addresses.parseChainFocus(topic)
          .filter(focus -> isServed.test(focus.underlying()))
          .ifPresent(focus -> {
            wanted.chains.add(focus);
            wanted.quotes.add(focus.underlying());
          });
    }
    return new Wanted(charts, quotes || !chains.isEmpty(), trades, chains);
  }

  boolean isNothing() {
    return charts.isEmpty() && !quotes && !trades;
  }
}
