package io.candlehub.ingest;

import java.util.Optional;

/** Length of the bars that providers are asked for. Longer ones are rolled up by the hub. */
public enum HistoryUnit {
  /** One second. */
  SECOND("second"),
  /** One minute. */
  MINUTE("minute"),
  /** One trading day. */
  DAY("day");

  private final String wireName;

  HistoryUnit(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the unit of a name used on the bus, or empty. */
  public static Optional<HistoryUnit> parse(String name) {
    for (HistoryUnit unit : values()) {
      if (unit.wireName.equals(name)) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }

  /** Returns the name used on the bus. */
  public String wireName() {
    return wireName;
  }
}
