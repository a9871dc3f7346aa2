package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * A trade as clients see it on the tape (contract §4).
 *
 * @param atMillis when the tape carried it, epoch millis
 * @param price price
 * @param size size in the provider's units
 * @param exchange the provider's number of the exchange, 0 if there is none
 * @param conditions the provider's sale-condition ids, empty if none
 * @param side the aggressor: {@code buy}, {@code sell}, {@code none} if nobody took the other's quote, or {@code unknown}
 * @param confidence how sure that is, 0 to 100
 * @param sequence the provider's number, which no other trade of the instrument at the same time has; 0 if it gives none
 * @param origin the provider, whose numbers those of exchange and conditions are
 */
public record TapeTrade(
    long atMillis,
    double price,
    double size,
    int exchange,
    List<Integer> conditions,
    String side,
    int confidence,
    long sequence,
    Origin origin) {
  /** Checks presence and copies the list. */
  public TapeTrade {
    conditions = List.copyOf(conditions);
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(origin, "origin");
  }
}
