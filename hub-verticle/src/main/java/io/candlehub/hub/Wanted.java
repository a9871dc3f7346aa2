package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.ChartedBars;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What demanded topics want.
 *
 * @param charts the charts that show each instrument's bars
 * @param quotes whose quotes, those of viewed chains' underlyings included
 * @param trades whose trades
 * @param chains what viewers of option chains look at
 */
record Wanted(
    Map<Instrument, Set<StreamKey>> charts,
    Set<Instrument> quotes,
    Set<Instrument> trades,
    Set<ChainFocus> chains) {
  /** Nothing is wanted. */
  static final Wanted NOTHING = new Wanted(Map.of(), Set.of(), Set.of(), Set.of());

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
    return wanted;
  }

  /** Returns the option contracts whose quotes or trades are wanted. */
  Set<Instrument> contracts() {
    return Stream.concat(quotes.stream(), trades.stream())
        .filter(instrument -> instrument.assetClass() == AssetClass.OPTION)
        .collect(Collectors.toSet());
  }
}
