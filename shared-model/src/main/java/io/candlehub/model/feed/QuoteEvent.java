package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * A change of the best bid and offer. A side that is not quoted has price NaN.
 *
 * @param instrument whose quote
 * @param atMillis when, epoch millis
 * @param nanoOfMilli nanoseconds since that millisecond began, 0 if the feed tells millis
 * @param sequence the tape's number, which rises per instrument with gaps; 0 if the feed has none
 * @param bid bid price or NaN
 * @param bidSize size in the provider's units
 * @param ask ask price or NaN
 * @param askSize size in the provider's units
 */
public record QuoteEvent(
    Instrument instrument,
    long atMillis,
    int nanoOfMilli,
    long sequence,
    double bid,
    double bidSize,
    double ask,
    double askSize)
    implements FeedEvent {
  /** Checks presence and range. */
  public QuoteEvent {
    Objects.requireNonNull(instrument, "instrument");
    TapeTime.check(nanoOfMilli);
  }

  /** Returns when, in epoch nanos; for times before the year 2262. */
  public long atNanos() {
    return TapeTime.nanos(atMillis, nanoOfMilli);
  }
}
