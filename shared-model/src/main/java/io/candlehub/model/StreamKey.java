package io.candlehub.model;

import java.util.Objects;

/**
 * The identity of a chart stream (contract §4). Days and weeks exist once, so their mode is always
 * {@link SessionMode#EXTENDED}.
 *
 * @param instrument whose bars
 * @param timeframe the bars' length
 * @param sessionMode which sessions they cover
 */
public record StreamKey(Instrument instrument, Timeframe timeframe, SessionMode sessionMode) {
  /** Normalises the mode of daily and weekly streams. */
  public StreamKey {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(timeframe, "timeframe");
    Objects.requireNonNull(sessionMode, "sessionMode");
    sessionMode = timeframe.isIntraday() ? sessionMode : SessionMode.EXTENDED;
  }
}
