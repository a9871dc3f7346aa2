package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * Trading in an instrument was paused or resumed.
 *
 * @param instrument whose trading
 * @param atMillis from when on, epoch millis
 * @param halted true if it was paused, false if it resumed
 */
public record HaltEvent(Instrument instrument, long atMillis, boolean halted) implements FeedEvent {
  /** Checks presence. */
  public HaltEvent {
    Objects.requireNonNull(instrument, "instrument");
  }
}
