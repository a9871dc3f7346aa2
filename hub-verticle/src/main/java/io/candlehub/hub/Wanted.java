package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What demanded topics want.
 *
 * @param charts the streams of each charted instrument
 * @param quotes whose quotes
 * @param trades whose trades
 */
record Wanted(
    Map<Instrument, Set<StreamKey>> charts, Set<Instrument> quotes, Set<Instrument> trades) {
  /** Nothing is wanted. */
  static final Wanted NOTHING = new Wanted(Map.of(), Set.of(), Set.of());

  /** Reads topics, which are addresses; those of instruments that are not served are left out. */
  static Wanted of(Set<String> topics, Predicate<Instrument> isServed) {
    Wanted wanted = new Wanted(new HashMap<>(), new HashSet<>(), new HashSet<>());
    for (String topic : topics) {
      Addresses.parseChart(topic)
          .filter(key -> isServed.test(key.instrument()))
          .ifPresent(key -> wanted
              .charts
              .computeIfAbsent(key.instrument(), instrument -> new LinkedHashSet<>())
              .add(key));
      Addresses.parseQuote(topic).filter(isServed).ifPresent(wanted.quotes::add);
      Addresses.parseTrades(topic).filter(isServed).ifPresent(wanted.trades::add);
    }
    return wanted;
  }
}
