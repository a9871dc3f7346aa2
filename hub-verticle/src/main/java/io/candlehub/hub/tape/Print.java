package io.candlehub.hub.tape;

import io.candlehub.model.Origin;
import io.candlehub.model.feed.TradeEvent;
import java.util.List;
import java.util.Objects;

/**
 * One trade as the tape carried it.
 *
 * @param at the provider's stamp
 * @param price price, finite and positive
 * @param size size in the provider's units, not negative
 * @param exchange the provider's number of the exchange, 0 if there is none
 * @param conditions the provider's sale-condition ids, empty if none
 * @param conditionsTold false if the provider tells no sale conditions
 * @param origin the provider
 */
public record Print(
    TapeStamp at,
    double price,
    double size,
    int exchange,
    List<Integer> conditions,
    boolean conditionsTold,
    Origin origin) {
  /** Copies the list and checks the values. */
  public Print {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(origin, "origin");
    conditions = List.copyOf(conditions);
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new IllegalArgumentException("price=" + price + " must be finite and positive");
    }
    if (!(size >= 0) || Double.isInfinite(size)) {
      throw new IllegalArgumentException("size=" + size + " must be finite and not negative");
    }
  }

  /** Creates a trade of which nobody knows who told it. */
  public Print(TapeStamp at, double price, double size, int exchange, List<Integer> conditions) {
    this(at, price, size, exchange, conditions, true, Origin.UNKNOWN);
  }

  /** Returns the print of a provider's event. */
  public static Print of(TradeEvent trade, Origin origin) {
    return new Print(
        new TapeStamp(trade.atNanos(), trade.sequence()),
        trade.price(),
        trade.size(),
        trade.exchange(),
        trade.conditions(),
        trade.conditionsTold(),
        origin);
  }
}
