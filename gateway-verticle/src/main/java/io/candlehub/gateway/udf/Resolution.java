package io.candlehub.gateway.udf;

import io.candlehub.model.Timeframe;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that chart libraries have for the lengths of bars (contract §6). */
final class Resolution {
  private static final Map<Timeframe, String> NAMES = new EnumMap<>(Map.ofEntries(
      Map.entry(Timeframe.S1, "1S"),
      Map.entry(Timeframe.S5, "5S"),
      Map.entry(Timeframe.S15, "15S"),
      Map.entry(Timeframe.M1, "1"),
      Map.entry(Timeframe.M5, "5"),
      Map.entry(Timeframe.M15, "15"),
      Map.entry(Timeframe.M30, "30"),
      Map.entry(Timeframe.H1, "60"),
      Map.entry(Timeframe.H4, "240"),
      Map.entry(Timeframe.D1, "1D"),
      Map.entry(Timeframe.W1, "1W")));

  private static final Map<String, Timeframe> BY_NAME = byName();

  private Resolution() {}

  /** Older libraries leave the one of a second, a day and a week away. */
  private static Map<String, Timeframe> byName() {
    Map<String, Timeframe> found =
        new HashMap<>(Map.of("S", Timeframe.S1, "D", Timeframe.D1, "W", Timeframe.W1));
    NAMES.forEach((timeframe, name) -> found.put(name, timeframe));
    return Map.copyOf(found);
  }

  static Optional<Timeframe> parse(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Returns every name, shortest bars first. */
  static List<String> names() {
    return List.copyOf(NAMES.values());
  }
}
