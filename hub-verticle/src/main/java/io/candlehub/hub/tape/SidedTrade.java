package io.candlehub.hub.tape;

import java.util.Objects;

/**
 * A trade with its aggressor.
 *
 * @param position the trade's place in the order in which this tape took trades, from 1 without gaps; 0 if it was
 *     told among those from before the tape began
 * @param print the trade
 * @param standing what its conditions leave of it
 * @param side the aggressor
 * @param confidence how sure that is, 0 to 100; 0 without a side
 * @param basis by what it was told
 * @param quote the quote it was told by, {@link TopOfBook#none} if there was none
 */
public record SidedTrade(
    long position,
    Print print,
    TradeStanding standing,
    Side side,
    int confidence,
    SideBasis basis,
    TopOfBook quote) {
  /** Checks presence. */
  public SidedTrade {
    Objects.requireNonNull(print, "print");
    Objects.requireNonNull(standing, "standing");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(basis, "basis");
    Objects.requireNonNull(quote, "quote");
  }

  /** Returns the word for the aggressor in payloads (contract §4): none if there was none, or unknown. */
  public String sideName() {
    return basis == SideBasis.NO_QUOTE || basis == SideBasis.NO_TICK ? "unknown" : side.wireName();
  }
}
