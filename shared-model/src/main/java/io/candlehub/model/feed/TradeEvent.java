package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import java.util.List;
import java.util.Objects;

/**
 * One print of the tape, or one value of an index, as the provider streamed it.
 *
 * @param instrument what was traded
 * @param atMillis when the tape carried it, epoch millis
 * @param nanoOfMilli nanoseconds since that millisecond began, 0 if the feed tells millis
 * @param sequence the tape's number, which rises per instrument with gaps; 0 if the feed has none
 * @param exchange the provider's number of the exchange, 0 if there is none
 * @param price price, finite and positive
 * @param size size in the provider's units; 0 for an index value and for prints that only tell a price
 * @param conditions the provider's sale-condition ids, empty if none
 * @param conditionsTold false if the provider tells no sale conditions, so that nobody knows what kind of trade it was
 */
public record TradeEvent(
    Instrument instrument,
    long atMillis,
    int nanoOfMilli,
    long sequence,
    int exchange,
    double price,
    double size,
    List<Integer> conditions,
    boolean conditionsTold)
    implements FeedEvent {
  /** Copies the list and checks the values. */
  public TradeEvent {
    Objects.requireNonNull(instrument, "instrument");
    conditions = List.copyOf(conditions);
    TapeTime.check(nanoOfMilli);
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new IllegalArgumentException(instrument + " traded at " + price);
    }
    if (!(size >= 0) || Double.isInfinite(size)) {
      throw new IllegalArgumentException(instrument + " traded in size " + size);
    }
  }

  /** Creates a trade of a feed that tells sale conditions and millis. */
  public TradeEvent(
      Instrument instrument,
      long atMillis,
      long sequence,
      int exchange,
      double price,
      double size,
      List<Integer> conditions) {
    this(instrument, atMillis, 0, sequence, exchange, price, size, conditions, true);
  }

  /** Returns when the tape carried it, in epoch nanos; for times before the year 2262. */
  public long atNanos() {
    return TapeTime.nanos(atMillis, nanoOfMilli);
  }
}
