package io.candlehub.simulator.market;

import java.util.Locale;
import java.util.Optional;

/** Unit of an aggregate window. */
public enum Timespan {
  /** One second; base bars are seconds. */
  SECOND(1_000),
  /** One minute; base bars are minutes. */
  MINUTE(60_000),
  /** One hour; base bars are minutes. */
  HOUR(3_600_000),
  /** One day of New York; base bars are days, as for all that follow. */
  DAY(0),
  /** Sunday to Saturday. */
  WEEK(0),
  /** One calendar month. */
  MONTH(0),
  /** Three calendar months. */
  QUARTER(0),
  /** One calendar year. */
  YEAR(0);

  private final long unitMillis;

  Timespan(long unitMillis) {
    this.unitMillis = unitMillis;
  }

  /** Returns the length of one unit in millis, 0 for days and longer. */
  public long unitMillis() {
    return unitMillis;
  }

  /** Returns true for units shorter than a day. */
  public boolean isIntraday() {
    return unitMillis > 0;
  }

  /** Returns the unit of a name as in a request path. */
  public static Optional<Timespan> of(String name) {
    for (Timespan timespan : values()) {
      if (timespan.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(timespan);
      }
    }
    return Optional.empty();
  }
}
