package io.candlehub.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * On which dates the options on an underlying expire, as a provider says.
 *
 * @param underlying its canonical symbol
 * @param dates not expired, ascending; none if there are no options
 * @param source the provider's id
 * @param fallbackReason why it is not the first provider's; empty if it is
 */
public record Expirations(
    String underlying, List<LocalDate> dates, String source, String fallbackReason) {
  /** Checks presence and copies the list. */
  public Expirations {
    Objects.requireNonNull(underlying, "underlying");
    dates = List.copyOf(dates);
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }

  /** Returns the same, told because the first provider did not tell it. */
  public Expirations fallback(String reason) {
    return new Expirations(underlying, dates, source, reason);
  }
}
