package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * Trades of one instrument for its readers.
 *
 * @param instrument what was traded
 * @param trades the trades, oldest first
 * @param conflated how many before the first of them the reader did not get
 * @param position after how many trades of its own count the owner of the tape tells this
 */
public record TradesUpdate(
    Instrument instrument, List<TapeTrade> trades, long conflated, long position) {
  /** Checks presence and copies the list. */
  public TradesUpdate {
    Objects.requireNonNull(instrument, "instrument");
    trades = List.copyOf(trades);
  }
}
