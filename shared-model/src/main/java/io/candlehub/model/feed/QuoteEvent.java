package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * A change of the best bid and offer. A side that is not quoted has price NaN.
 *
 * @param instrument whose quote
 * @param atMillis when, epoch millis
 * @param bid bid price or NaN
 * @param bidSize size in the provider's units
 * @param ask ask price or NaN
 * @param askSize size in the provider's units
 */
public record QuoteEvent(
    Instrument instrument, long atMillis, double bid, double bidSize, double ask, double askSize)
    implements FeedEvent {
  /** Checks presence. */
  public QuoteEvent {
    Objects.requireNonNull(instrument, "instrument");
  }
}
