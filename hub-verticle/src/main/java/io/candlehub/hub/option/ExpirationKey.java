package io.candlehub.hub.option;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The options on an underlying that share a date.
 *
 * @param underlying its canonical symbol
 * @param date the date in their symbols
 */
public record ExpirationKey(String underlying, LocalDate date) {
  /** Checks presence. */
  public ExpirationKey {
    Objects.requireNonNull(underlying, "underlying");
    Objects.requireNonNull(date, "date");
  }
}
