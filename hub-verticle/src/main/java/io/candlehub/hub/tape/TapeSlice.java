package io.candlehub.hub.tape;

import java.util.List;

/**
 * Trades for a reader.
 *
 * @param trades the trades, oldest first
 * @param conflated how many between the reader's position and the first of them were skipped
 * @param position the reader's new position
 */
public record TapeSlice(List<SidedTrade> trades, long conflated, long position) {
  /** Copies the list. */
  public TapeSlice {
    trades = List.copyOf(trades);
  }
}
