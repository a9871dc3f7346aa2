package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import io.candlehub.model.Ohlc;
import java.util.Objects;

/**
 * A second's or minute's bar as the provider streamed it. Checked: an event that exists can be a bar.
 *
 * @param span second or minute
 * @param instrument whose bar
 * @param startMillis start, a multiple of the span
 * @param endMillis end as the provider said it; an unfinished bar's end lies after market now
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume volume of the window
 * @param vwap volume-weighted average price, or NaN
 * @param dayVolume accumulated volume of the day, or NaN
 */
public record AggregateEvent(
    Span span,
    Instrument instrument,
    long startMillis,
    long endMillis,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    double dayVolume)
    implements FeedEvent {
  /** Length of the window. */
  public enum Span {
    /** One second. */
    SECOND(1_000),
    /** One minute. */
    MINUTE(60_000);

    private final long millis;

    Span(long millis) {
      this.millis = millis;
    }

    /** Returns the length in milliseconds. */
    public long millis() {
      return millis;
    }
  }

  /** Checks the values. */
  public AggregateEvent {
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(instrument, "instrument");
    Ohlc.problem(open, high, low, close, volume).ifPresent(problem -> {
      throw new IllegalArgumentException(instrument + " at " + startMillis + ": " + problem);
    });
    if (startMillis % span.millis() != 0 || endMillis <= startMillis) {
      throw new IllegalArgumentException(
          instrument + " window " + startMillis + ".." + endMillis + " is not aligned");
    }
  }
}
