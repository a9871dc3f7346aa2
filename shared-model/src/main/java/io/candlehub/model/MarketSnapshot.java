package io.candlehub.model;

import java.util.Objects;
import java.util.Set;

/**
 * What a provider says of an instrument at present, asked and not streamed. A value it does not give is NaN.
 *
 * @param instrument which one
 * @param name its name, empty if not told
 * @param bid best bid
 * @param ask best offer
 * @param bidSize size at the bid, in the provider's units
 * @param askSize size at the offer, in the provider's units
 * @param last price of the last trade, an index's value
 * @param volume the day's volume
 * @param openInterest contracts open, of an option
 * @param open the day's first price
 * @param high the day's highest price
 * @param low the day's lowest price
 * @param previousClose last session's closing price
 * @param atMillis market time of its newest part, epoch millis; 0 if not known
 * @param quotedAtMillis market time at which bid and offer were quoted, epoch millis; 0 if not known
 * @param lastAtMillis market time of the last price, epoch millis; 0 if not known
 * @param source the provider's id
 * @param fallbackReason why it is not the first provider's; empty if it is
 * @param unsupported names of the fields that the provider never has
 */
public record MarketSnapshot(
    Instrument instrument,
    String name,
    double bid,
    double ask,
    double bidSize,
    double askSize,
    double last,
    double volume,
    double openInterest,
    double open,
    double high,
    double low,
    double previousClose,
    long atMillis,
    long quotedAtMillis,
    long lastAtMillis,
    String source,
    String fallbackReason,
    Set<String> unsupported)
    implements Quoted {
  /** Checks presence and copies the set. */
  public MarketSnapshot {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
    unsupported = Set.copyOf(unsupported);
  }

  /** Returns the same, told because the first provider did not tell it; the same snapshot if there is no reason. */
  public MarketSnapshot fallback(String reason) {
    return reason.equals(fallbackReason)
        ? this
        : new MarketSnapshot(
            instrument,
            name,
            bid,
            ask,
            bidSize,
            askSize,
            last,
            volume,
            openInterest,
            open,
            high,
            low,
            previousClose,
            atMillis,
            quotedAtMillis,
            lastAtMillis,
            source,
            reason,
            unsupported);
  }
}
