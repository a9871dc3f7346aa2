package io.candlehub.ingest;

import java.util.Optional;

/** Length of the bars that providers are asked for. Longer ones are rolled up by the hub. */
public enum HistoryUnit {
  /** One second. */
  SECOND("second", 1_000),
  /** One minute. */
  MINUTE("minute", 60_000),
  /** One trading day. */
  DAY("day", 86_400_000);

  private final String wireName;
  private final long millis;

  HistoryUnit(String wireName, long millis) {
    this.wireName = wireName;
    this.millis = millis;
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

  /** Returns the length of a bar in millis; of a day the usual one, although some have an hour more or less. */
  public long millis() {
    return millis;
  }
}
